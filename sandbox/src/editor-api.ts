import { Agent } from 'node:http';
import axios, { type AxiosInstance } from 'axios';
import type { DataTable, WorkflowFile } from '../../workflows/build/files';

/** The account that the sandbox makes; it exists on this machine only. */
export const OWNER = {
	email: 'owner@frontdesk.example',
	firstName: 'Front',
	lastName: 'Desk',
	password: 'Frontdesk-2026',
};

/** A flow as n8n keeps it. */
export interface StoredWorkflow extends WorkflowFile {
	id: string;
	versionId: string;
	active: boolean;
}

export interface Execution {
	id: string;
	workflowId: string;
	workflowName: string;
	status: string;
	/** Such as webhook, trigger, manual; `integrated` for one that another flow started. */
	mode: string;
	/** ISO 8601. */
	startedAt: string | null;
}

interface StoredTable extends DataTable {
	id: string;
	projectId: string;
}

/** How many rows n8n gives at once. */
const PAGE = 250;

const EVERY_ROW = { type: 'and', filters: [{ columnName: 'id', condition: 'gt', value: 0 }] };

const is = (columnName: string, value: string) => ({ columnName, condition: 'eq', value });

/** What a person does in n8n's editor, over the same internal API that the editor uses. */
export class EditorApi {
	private readonly http: AxiosInstance;
	private projectId = '';

	constructor(url: string) {
		this.http = axios.create({
			baseURL: `${url}/rest`,
			proxy: false,
			// An n8n that was busy for 5 seconds closes the connections it has kept, even one that a request came in on.
			httpAgent: new Agent({ keepAlive: false }),
			headers: { 'browser-id': 'frontdesk' },
		});
		this.http.interceptors.response.use(
			undefined,
			(error: { response?: { data?: unknown }; message: string }) => {
				throw new Error(`${error.message}: ${JSON.stringify(error.response?.data ?? {}).slice(0, 800)}`);
			},
		);
	}

	private async call<T>(
		method: 'get' | 'post' | 'patch' | 'delete',
		path: string,
		data?: unknown,
	): Promise<T> {
		const answer = await this.http.request<{ data: T }>({
			method,
			url: path,
			...(method === 'get' ? { params: data } : { data }),
		});
		return answer.data.data;
	}

	/** Signs in, and makes the owner first where there is none. */
	async signIn(): Promise<void> {
		const { email, password } = OWNER;
		const credentials = { emailOrLdapLoginId: email, password };
		const answer = await this.http
			.post('/login', credentials)
			.catch(async () => await this.http.post('/owner/setup', OWNER));
		const cookies = (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]);
		this.http.defaults.headers.common.cookie = cookies.join('; ');
		const projects = await this.call<Array<{ id: string; type: string }>>('get', '/projects/my-projects');
		this.projectId = projects.find(({ type }) => type === 'personal')?.id ?? '';
	}

	/** Full names of all nodes that n8n has loaded, each once, such as `n8n-nodes-base.set`. */
	async nodeTypes(): Promise<string[]> {
		const baseURL = this.http.defaults.baseURL?.replace(/rest$/, '');
		const { data } = await this.http.get<Array<{ name: string }>>('types/nodes.json', { baseURL });
		return [...new Set(data.map(({ name }) => name))];
	}

	/** The id of the credential of that name and type; undefined where there is none. */
	async credentialId(name: string, type: string): Promise<string | undefined> {
		const known = await this.call<Array<{ id: string; name: string; type: string }>>('get', '/credentials');
		return known.find((credential) => credential.name === name && credential.type === type)?.id;
	}

	/** Makes a credential, or writes over the one of that name and type. @returns its id */
	async saveCredential(name: string, type: string, data: object): Promise<string> {
		const existing = await this.credentialId(name, type);
		const saved = existing
			? await this.call<{ id: string }>('patch', `/credentials/${existing}`, { name, type, data })
			: await this.call<{ id: string }>('post', '/credentials', { name, type, data });
		return saved.id;
	}

	async deleteTable(tableName: string): Promise<void> {
		await this.call('delete', await this.tablePath(tableName));
	}

	/** Drops a column of a table, with what stands in it. */
	async deleteColumn(tableName: string, column: string): Promise<void> {
		const path = `${await this.tablePath(tableName)}/columns`;
		const columns = await this.call<Array<{ id: string; name: string }>>('get', path);
		await this.call('delete', `${path}/${columns.find(({ name }) => name === column)?.id}`);
	}

	/** Adds a column to a table, as the plus sign in its header does. */
	async addColumn(tableName: string, column: DataTable['columns'][number]): Promise<void> {
		await this.call('post', `${await this.tablePath(tableName)}/columns`, column);
	}

	private async tablePath(tableName: string): Promise<string> {
		const { data: tables } = await this.call<{ data: StoredTable[] }>('get', '/data-tables-global');
		const table = tables.find(({ name }) => name === tableName);
		if (!table) throw new Error(`n8n has no Data Table "${tableName}"`);
		return `/projects/${this.projectId}/data-tables/${table.id}`;
	}

	/** All rows of a table, oldest first. */
	async rows<Row>(tableName: string): Promise<Row[]> {
		const path = `${await this.tablePath(tableName)}/rows`;
		const rows: Row[] = [];
		for (;;) {
			const page = { take: PAGE, skip: rows.length, sortBy: 'id:asc' };
			const { data } = await this.call<{ data: Row[] }>('get', path, page);
			rows.push(...data);
			if (data.length < PAGE) return rows;
		}
	}

	/** Empties tables, so that one test does not see another's rows. */
	async clearTables(...tableNames: string[]): Promise<void> {
		for (const tableName of tableNames) {
			await this.http.delete(`${await this.tablePath(tableName)}/rows`, {
				params: { filter: JSON.stringify(EVERY_ROW) },
			});
		}
	}

	/** Writes values into all rows of a table. */
	async updateRows(
		tableName: string,
		values: Record<string, string | number | boolean | null>,
	): Promise<void> {
		await this.call('patch', `${await this.tablePath(tableName)}/rows`, { filter: EVERY_ROW, data: values });
	}

	/** Adds rows to a table; columns that are left out stay empty. */
	async insertRows(tableName: string, data: object[]): Promise<void> {
		if (data.length === 0) return;
		await this.call('post', `${await this.tablePath(tableName)}/insert`, { returnType: 'count', data });
	}

	/** Fills in a tenant's settings that are empty or not there yet; what an operator changed stays. */
	async fillSettings(settings: Record<string, string>, tenant = 'main'): Promise<void> {
		const filled = await this.settings(tenant);
		const open = Object.entries(settings).filter(([key]) => !filled.get(key));
		await this.changeSettings(Object.fromEntries(open), tenant);
	}

	/** Writes a tenant's settings, as an operator does in the table. */
	async changeSettings(settings: Record<string, string>, tenant = 'main'): Promise<void> {
		const table = await this.tablePath('frontdesk_settings');
		const known = await this.settings(tenant);
		const entries = Object.entries(settings);
		const missing = entries.filter(([key]) => !known.has(key));
		await this.insertRows(
			'frontdesk_settings',
			missing.map(([key, value]) => ({ tenant, key, value, description: '' })),
		);
		for (const [key, value] of entries.filter(([name]) => known.has(name))) {
			const filter = { type: 'and', filters: [is('tenant', tenant), is('key', key)] };
			await this.call('patch', `${table}/rows`, { filter, data: { value } });
		}
	}

	private async settings(tenant: string): Promise<Map<string, string | null>> {
		const rows = await this.rows<{ tenant: string; key: string; value: string | null }>('frontdesk_settings');
		return new Map(rows.filter((row) => row.tenant === tenant).map(({ key, value }) => [key, value]));
	}

	/** Saves a flow under its name, the old one of that name written over. */
	async saveWorkflow(file: WorkflowFile): Promise<StoredWorkflow> {
		const known = await this.call<StoredWorkflow[]>('get', '/workflows');
		const existing = known.find(({ name }) => name === file.name);
		if (!existing) return await this.call('post', '/workflows', file);
		const { versionId } = await this.call<StoredWorkflow>('get', `/workflows/${existing.id}`);
		return await this.call('patch', `/workflows/${existing.id}`, { ...file, versionId });
	}

	/**
	 * Starts a flow at one of its triggers, as the button "Execute workflow" does.
	 *
	 * @param item what the trigger gives; an empty item unless said
	 * @returns the execution's id
	 */
	async run(workflowId: string, trigger: string, item?: object): Promise<string> {
		const data = item && { data: { main: [[{ json: item }]] } };
		const { executionId } = await this.call<{ executionId: string }>('post', `/workflows/${workflowId}/run`, {
			triggerToStartFrom: { name: trigger, data },
		});
		return executionId;
	}

	/** Switches a flow on. */
	async publish({ id, versionId }: StoredWorkflow): Promise<void> {
		await this.call('post', `/workflows/${id}/activate`, { versionId });
	}

	/** Switches a flow off. */
	async unpublish({ id }: { id: string }): Promise<void> {
		await this.call('post', `/workflows/${id}/deactivate`, {});
	}

	/** A flow as n8n keeps it now. */
	async workflow(id: string): Promise<StoredWorkflow> {
		return await this.call('get', `/workflows/${id}`);
	}

	/** Every flow that is not archived, without its nodes. */
	async workflows(): Promise<Array<Pick<StoredWorkflow, 'id' | 'name' | 'active'>>> {
		return await this.call('get', '/workflows');
	}

	/** Makes a key for n8n's public API. */
	async apiKey(scopes: string[]): Promise<string> {
		const key = { label: `frontdesk ${Date.now()}`, scopes, expiresAt: null };
		return (await this.call<{ rawApiKey: string }>('post', '/api-keys', key)).rawApiKey;
	}

	/** Deletes a flow. n8n refuses with 409 while it is still switching it off. */
	async deleteWorkflow(id: string): Promise<void> {
		await this.call('post', `/workflows/${id}/archive`, {});
		for (let attempt = 1; ; attempt++) {
			try {
				return await this.call('delete', `/workflows/${id}`);
			} catch (error) {
				if (attempt === 100 || !(error as Error).message.includes('status code 409')) throw error;
				await new Promise((resolve) => setTimeout(resolve, 100));
			}
		}
	}

	/** The newest executions, newest first. */
	async executions(filter: { workflowId?: string; status?: string[] } = {}): Promise<Execution[]> {
		const page = { filter: JSON.stringify(filter), limit: 100 };
		return (await this.call<{ results: Execution[] }>('get', '/executions', page)).results;
	}

	/** One execution: its status, and its data as n8n stores it (text in the "flatted" form). */
	async execution(id: string): Promise<{ status: string; data: string }> {
		return await this.call('get', `/executions/${id}`);
	}
}
