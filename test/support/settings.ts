import { theHouse } from './house';

interface SettingRow {
	tenant: string;
	key: string;
	value: string;
	description: string;
}

const TABLE = 'frontdesk_settings';

/** Without what n8n adds to a row. */
const plain = ({ tenant, key, value, description }: SettingRow): SettingRow => ({
	tenant,
	key,
	value,
	description,
});

let before: SettingRow[] | undefined;

/** Sets settings of a tenant for one test; `restoreSettings` puts back what was there. */
export async function setSettings(values: Record<string, string>, tenant = 'main'): Promise<void> {
	const { editor } = theHouse();
	const rows = await editor.rows<SettingRow>(TABLE);
	before ??= rows.map(plain);
	const others = rows.map(plain).filter((row) => row.tenant !== tenant || values[row.key] === undefined);
	const own = Object.entries(values).map(([key, value]) => ({ tenant, key, value, description: '' }));
	await editor.clearTables(TABLE);
	await editor.insertRows(TABLE, [...others, ...own]);
}

/** Undoes every `setSettings` since the last call. */
export async function restoreSettings(): Promise<void> {
	if (!before) return;
	const { editor } = theHouse();
	await editor.clearTables(TABLE);
	await editor.insertRows(TABLE, before);
	before = undefined;
}
