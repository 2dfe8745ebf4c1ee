import { theHouse } from './house';
import { inPostgres } from './postgres';

type Values = Record<string, string | number | boolean | null>;

/** Where flows keep their state; the state sub-flows of every store keep the same promises. */
export interface Store {
	name: string;
	/** The folder of the sub-flow that works on this store. */
	flow: (folder: string) => string;
	/** All rows, oldest first. */
	rows: <Row>(table: string) => Promise<Row[]>;
	clear: (...tables: string[]) => Promise<void>;
	/** Writes values into all rows of a table. */
	update: (table: string, values: Values) => Promise<void>;
}

const dataTables: Store = {
	name: 'Data Tables',
	flow: (folder) => folder,
	rows: async (table) => await theHouse().editor.rows(table),
	clear: async (...tables) => await theHouse().editor.clearTables(...tables),
	update: async (table, values) => await theHouse().editor.updateRows(table, values),
};

const literal = (value: Values[string]) =>
	typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);

const postgres: Store = {
	name: 'PostgreSQL',
	flow: (folder) => `${folder}-postgres`,
	rows: async <Row>(table: string) =>
		JSON.parse(
			await inPostgres(`SELECT coalesce(jsonb_agg(frontdesk_row(t) ORDER BY id), '[]') FROM ${table} t`),
		) as Row[],
	clear: async (...tables) => void (await inPostgres(`TRUNCATE ${tables.join(', ')}`)),
	update: async (table, values) => {
		const assignments = Object.entries(values).map(([column, value]) => `"${column}" = ${literal(value)}`);
		await inPostgres(`UPDATE ${table} SET ${assignments.join(', ')}`);
	},
};

export const STORES = [dataTables, postgres];
