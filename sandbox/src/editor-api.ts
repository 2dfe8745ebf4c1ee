import axios, { type AxiosInstance } from 'axios';

/** The account that the sandbox makes; it exists on this machine only. */
export const OWNER = {
	email: 'owner@frontdesk.example',
	firstName: 'Front',
	lastName: 'Desk',
	password: 'Frontdesk-2026',
};

export interface WorkflowFile {
	name: string;
	nodes: Array<{
		id: string;
		name: string;
		type: string;
		parameters: Record<string, unknown>;
		credentials?: Record<string, { id?: string; name: string }>;
	}>;
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
}

/** A flow as n8n keeps it. */
export interface StoredWorkflow extends WorkflowFile {
	id: string;
	versionId: string;
	active: boolean;
}

export interface Execution {
	id: string;
	workflowId: string;
	status: string;
}

export interface DataTable {
	name: string;
	columns: Array<{ name: string; type: 'string' | 'number' | 'boolean' | 'date' }>;
}

interface StoredTable extends DataTable {
	id: string;
	projectId: string;
}

const EVERY_ROW = { type: 'and', filters: [{ columnName: 'id', condition: 'gt', value: 0 }] };

/** What a person does in n8n's editor, over the same internal API that the editor uses. */
export class EditorApi {
	private readonly http: AxiosInstance;
	private projectId = '';

	constructor(url: string) {
		this.http = axios.create({
			baseURL: `${url}/rest`,
			proxy: false,
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

	/** Makes a table where none has its name; existing rows stay. */
	async ensureTable(table: DataTable): Promise<void> {
		const { data } = await this.call<{ data: StoredTable[] }>('get', '/data-tables-global');
		if (data.some(({ name }) => name === table.name)) return;
		await this.call('post', `/projects/${this.projectId}/data-tables`, table);
	}

	private async tablePath(tableName: string): Promise<string> {
		const { data: tables } = await this.call<{ data: StoredTable[] }>('get', '/data-tables-global');
		const table = tables.find(({ name }) => name === tableName);
		if (!table) throw new Error(`n8n has no Data Table "${tableName}"`);
		return `/projects/${this.projectId}/data-tables/${table.id}`;
	}

	/** The oldest 1,000 rows of a table. */
	async rows<Row>(tableName: string): Promise<Row[]> {
		const answer = await this.call<{ data: Row[] }>('get', `${await this.tablePath(tableName)}/rows`, {
			take: 1000,
			sortBy: 'id:asc',
		});
		return answer.data;
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

	/** Fills in settings that are not there yet; what an operator changed stays. */
	async ensureSettings(settings: Record<string, string>): Promise<void> {
		const known = await this.rows<{ key: string }>('frontdesk_settings');
		const missing = Object.entries(settings).filter(([key]) => !known.some((row) => row.key === key));
		if (missing.length === 0) return;
		await this.call('post', `${await this.tablePath('frontdesk_settings')}/insert`, {
			returnType: 'count',
			data: missing.map(([key, value]) => ({ tenant: 'main', key, value, description: '' })),
		});
	}

	/** Saves a flow under its name, the old one of that name written over. */
	async saveWorkflow(file: WorkflowFile): Promise<StoredWorkflow> {
		const known = await this.call<StoredWorkflow[]>('get', '/workflows');
		const existing = known.find(({ name }) => name === file.name);
		if (!existing) return await this.call('post', '/workflows', file);
		const { versionId } = await this.call<StoredWorkflow>('get', `/workflows/${existing.id}`);
		return await this.call('patch', `/workflows/${existing.id}`, { ...file, versionId });
	}

	/** Switches a flow on. */
	async publish({ id, versionId }: StoredWorkflow): Promise<void> {
		await this.call('post', `/workflows/${id}/activate`, { versionId });
	}

	/** Switches a flow off. */
	async unpublish({ id }: { id: string }): Promise<void> {
		await this.call('post', `/workflows/${id}/deactivate`, {});
	}

	async deleteWorkflow(id: string): Promise<void> {
		await this.call('post', `/workflows/${id}/archive`, {});
		await this.call('delete', `/workflows/${id}`);
	}

	/** The newest executions, newest first. */
	async executions(workflowId?: string): Promise<Execution[]> {
		const filter = workflowId ? { filter: JSON.stringify({ workflowId }) } : {};
		const answer = await this.call<{ results: Execution[] }>('get', '/executions', { ...filter, limit: 100 });
		return answer.results;
	}

	/** One execution: its status, and its data as n8n stores it (text in the "flatted" form). */
	async execution(id: string): Promise<{ status: string; data: string }> {
		return await this.call('get', `/executions/${id}`);
	}
}
