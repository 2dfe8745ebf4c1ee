import { Canvas } from './canvas';
import { defaultsOfAllFlows } from './defaults';
import { type DataTable, dataTables, type FlowSettings, type WorkflowFile } from './files';

/** The folder of the assembled flow, and its name in n8n. */
export const SETUP = 'setup';
export const SETUP_NAME = 'Set up Frontdesk';

/** The trigger, and the nodes whose results the sandbox reads. */
export const START = 'Start the set-up';
export const MISSING_COLUMNS = 'Find missing columns';

const TABLE_NODE: [string, number] = ['dataTable', 1.1];
const LISTED_BEFORE = 'See what is there';
const LISTED_AFTER = 'List the tables';
const READ = 'Read the settings';
const MISSING = 'List missing settings';
const SETTINGS_TABLE = { __rl: true, mode: 'name', value: 'frontdesk_settings' };
const TENANT = "={{ $('Settings').first().json.tenant }}";
const TABLES_PER_ROW = 5;
const ONCE = { executeOnce: true };

const json = (value: unknown) => JSON.stringify(value, null, 2);

/** JSON inside an expression: two braces in a row would end it. */
const inExpression = (value: unknown) => json(value).replace(/\}(?=\})/g, '} ');

const OVERVIEW = `## Set up Frontdesk
Makes everything that the Frontdesk flows keep their state in, and fills in the settings and texts they start with.

### How it works
1. Every Data Table that is not there yet is created. Tables that are there keep all their rows.
2. Existing tables are compared with what this version needs. n8n cannot add a column from within a flow: where one is missing, the flow stops and says which column to add, and how.
3. Settings and texts that this business does not have yet are written into \`frontdesk_settings\`. What you have changed stays as it is.
4. The last node tells what was done. Running the flow again changes nothing.

### Setup
1. One business or branch in this n8n: leave \`tenant\` at \`main\`. Another one: write its short name into **Settings**, the same as in its own flows.
2. Click **Execute workflow**.
3. Open _Data tables_ in n8n's overview and fill in the empty values in \`frontdesk_settings\`: they belong to your accounts. The column _description_ says what each is for.
4. After every update of Frontdesk run it once more: new flows may bring new tables, settings and texts.

Change texts and settings in the table, or with the flow "Change the settings". This flow is assembled from the other flows' files, so a change made here is lost with the next update.`;

/** One node a table, in rows, after one another. */
function createTables(canvas: Canvas, tables: DataTable[]): string[] {
	return tables.map(({ name, columns }, index) =>
		canvas.add(
			`Create ${name}`,
			TABLE_NODE,
			[720 + (index % TABLES_PER_ROW) * 220, Math.floor(index / TABLES_PER_ROW) * 200],
			{
				resource: 'table',
				operation: 'create',
				tableName: name,
				columns: { column: columns },
				options: { createIfNotExists: true },
			},
			// n8n looks the name up among similar ones and may miss it; the list afterwards tells what is really there.
			{ ...ONCE, onError: 'continueRegularOutput' },
		),
	);
}

function listTables(canvas: Canvas, name: string, position: [number, number]): string {
	const parameters = {
		resource: 'table',
		operation: 'list',
		returnAll: true,
		options: { filterName: 'frontdesk_' },
	};
	return canvas.add(name, TABLE_NODE, position, parameters, { ...ONCE, alwaysOutputData: true });
}

/** Gives `missing`: table, column and type of every column that the tables should have and have not. */
const missingColumns = (tables: DataTable[]) => `={{ {
  missing: Object.entries(${inExpression(
		Object.fromEntries(
			tables.map(({ name, columns }) => [
				name,
				Object.fromEntries(columns.map((column) => [column.name, column.type])),
			]),
		),
	).replace(/\n/g, '\n  ')}).flatMap(([table, columns]) => {
    const found = $('${LISTED_AFTER}').all().find(({ json }) => json.name === table);
    const names = (found?.json.columns ?? []).map(({ name }) => name);
    return Object.entries(columns)
      .filter(([column]) => !names.includes(column))
      .map(([column, type]) => ({ table, column, type }));
  })
} }}`;

const SAY_MISSING = `={{ 'Add these columns, then run this flow again: ' + $json.missing.map(({ table, column, type }) => table + ' › ' + column + ' (' + type + ')').join(', ') + '. In n8n: Overview › Data tables › the table › the plus sign at the right end of its header row; type the name exactly and choose the type.' }}`;

/** Gives `settings`: the rows that this business does not have yet, texts under `text.<template>.<language>`. */
const MISSING_SETTINGS = `={{ ((known, texts) => ({
  settings: [...$json.settings, ...texts].filter(({ key }) => !known.includes(key))
}))(
  $('${READ}').all().map(({ json }) => json.key),
  Object.entries($json.texts).flatMap(([template, languages]) =>
    Object.entries(languages).flatMap(([language, parts]) =>
      Object.entries(parts).map(([part, value]) => ({
        key: part + '.' + template + '.' + language,
        value,
        description: (part === 'subject' ? 'Subject of the e-mail "' : 'Text of the message "') + template + '", language ' + language
      }))
    )
  )
) }}`;

function checkTables(canvas: Canvas, tables: DataTable[]): { first: string; last: string } {
	const first = listTables(canvas, LISTED_AFTER, [1900, 0]);
	const missing = canvas.json(MISSING_COLUMNS, [2120, 0], missingColumns(tables), ONCE);
	const all = canvas.add('Every column there?', ['if', 2.3], [2340, 0], {
		conditions: {
			options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 3 },
			combinator: 'and',
			conditions: [
				{
					id: 'every-column-there',
					leftValue: '={{ $json.missing }}',
					rightValue: '',
					operator: { type: 'array', operation: 'empty', singleValue: true },
				},
			],
		},
		options: {},
	});
	const say = canvas.add('Say which columns to add', ['stopAndError', 1], [2340, 200], {
		errorMessage: SAY_MISSING,
	});
	canvas.chain(first, missing, all);
	canvas.link(all, say, 1);
	return { first, last: all };
}

function writeSettings(canvas: Canvas, { settings, texts }: FlowSettings): { first: string; last: string } {
	const first = canvas.add(
		READ,
		TABLE_NODE,
		[0, 720],
		{
			operation: 'get',
			dataTableId: SETTINGS_TABLE,
			matchType: 'allConditions',
			filters: { conditions: [{ keyName: 'tenant', condition: 'eq', keyValue: TENANT }] },
			returnAll: true,
		},
		{ ...ONCE, alwaysOutputData: true },
	);
	const defaults = canvas.json('Default settings', [220, 720], json({ settings }), ONCE);
	const messages = canvas.json('Default texts', [440, 720], json({ texts }), { includeOtherFields: true });
	const missing = canvas.json(MISSING, [660, 720], MISSING_SETTINGS);
	const each = canvas.add('Take them one by one', ['splitOut', 1], [960, 720], {
		fieldToSplitOut: 'settings',
		options: {},
	});
	const add = canvas.add('Add missing settings', TABLE_NODE, [1180, 720], {
		operation: 'insert',
		dataTableId: SETTINGS_TABLE,
		columns: {
			mappingMode: 'defineBelow',
			value: {
				tenant: TENANT,
				key: '={{ $json.key }}',
				value: '={{ $json.value }}',
				description: '={{ $json.description }}',
			},
			matchingColumns: [],
			schema: ['tenant', 'key', 'value', 'description'].map((id) => ({
				id,
				displayName: id,
				required: false,
				defaultMatch: false,
				display: true,
				type: 'string',
				canBeUsedToMatch: true,
			})),
			attemptToConvertTypes: false,
			convertFieldsToString: false,
		},
		options: { optimizeBulk: true },
	});
	canvas.chain(first, defaults, messages, missing, each, add);
	return { first, last: missing };
}

/** What the last node gives: how many tables and settings were made, how many were there. */
function tellResult(canvas: Canvas, tables: DataTable[]): string {
	const made = `$('${LISTED_AFTER}').all().length - $('${LISTED_BEFORE}').all().filter(({ json }) => json.name).length`;
	const added = `$('${MISSING}').first().json.settings.length`;
	const known = `$('${READ}').all().filter(({ json }) => json.key).length`;
	return canvas.fields('Tell what was done', [960, 920], {
		tenant: { type: 'string', value: TENANT },
		tables: { type: 'number', value: tables.length },
		tablesCreated: { type: 'number', value: `={{ ${made} }}` },
		settingsAdded: { type: 'number', value: `={{ ${added} }}` },
		settingsKept: { type: 'number', value: `={{ ${known} }}` },
	});
}

function addNotes(canvas: Canvas): void {
	canvas.note('Overview', OVERVIEW, [-560, -140, 460, 900], 'overview');
	canvas.note(
		'Tables',
		'## Tables\nOne node a table. Where the table is there already, the node leaves it alone.',
		[400, -140, 1400, 520],
	);
	canvas.note(
		'Columns',
		'## Columns\nA new version may need a new column. n8n lets only a person add one, so the flow says which.',
		[1840, -140, 680, 520],
	);
	canvas.note(
		'Settings and texts',
		'## Settings and texts\nOnly what this business does not have yet is written. Change values in the table `frontdesk_settings`, not here.',
		[-60, 580, 1400, 520],
	);
}

/**
 * Assembles the flow that makes an n8n ready for Frontdesk: from `tables.json`, and every flow's `settings.json`.
 *
 * @throws Error where two flows have different defaults for one setting or text
 */
export function assembleSetup(): WorkflowFile {
	const canvas = new Canvas(SETUP, SETUP_NAME);
	const tables = dataTables();
	const start = canvas.add(START, ['manualTrigger', 1], [0, 0], {});
	const tenant = canvas.fields('Settings', [220, 0], { tenant: { type: 'string', value: 'main' } });
	const before = listTables(canvas, LISTED_BEFORE, [440, 0]);
	const created = createTables(canvas, tables);
	const check = checkTables(canvas, tables);
	const settings = writeSettings(canvas, defaultsOfAllFlows());
	const tell = tellResult(canvas, tables);
	canvas.chain(start, tenant, before, ...created, check.first);
	canvas.link(check.last, settings.first);
	canvas.link(settings.last, tell);
	addNotes(canvas);
	return canvas.flow();
}
