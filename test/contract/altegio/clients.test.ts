import { openBench, pick, type Bench } from './bench';
import { regulars } from '../../../sandbox/simulators/altegio-data';

let bench: Bench;

beforeEach(() => {
	bench = openBench();
});

afterEach(() => {
	bench.stop();
});

describe('Get', () => {
	it('gives the client flat, custom fields too', async () => {
		const [olha] = await bench.given('client', 'get', {
			client: pick('1121413'),
			instagramIn: 'customField',
			instagramField: 'instagram',
		});
		expect(bench.asked()).toEqual(['GET /client/123456/1121413']);
		expect(olha).toEqual({
			provider: 'altegio',
			id: '1121413',
			name: 'Olha Приклад',
			firstName: 'Olha',
			lastName: 'Приклад',
			email: 'olha@example.com',
			phone: '+380671234567',
			instagram: 'olha.pryklad',
			birthDate: null,
			notes: null,
			discount: 10,
			balance: 0,
			spent: 0,
			visits: 0,
			categories: ['VIP'],
			customFields: { instagram: '@olha.pryklad' },
			updatedAt: '2026-01-01T11:00:00+00:00',
		});
	});

	it("gives Altegio's own answer without Simplify", async () => {
		const [jane] = await bench.given('client', 'get', { client: pick('1121412'), simplify: false });
		expect(jane).toMatchObject({ id: 1121412, phone: 12025550123, custom_fields: [] });
	});
});

describe('Search', () => {
	it('asks by text and filters, for the fields it gives', async () => {
		const found = await bench.given('client', 'search', {
			searchText: 'olha',
			filters: { categoryIds: '7, 8', birthdayFrom: '1980-01-01', soldTo: 500, clientIds: '1121413' },
			sort: { orderBy: 'name', direction: 'DESC' },
			returnAll: false,
			limit: 10,
		});
		expect(bench.asked()).toEqual(['POST /company/123456/clients/search']);
		expect(bench.body('POST')).toMatchObject({
			page: 1,
			page_size: 10,
			order_by: 'name',
			order_by_direction: 'DESC',
			operation: 'AND',
			filters: [
				{ type: 'quick_search', state: { value: 'olha' } },
				{ type: 'birthday', state: { from: '1980-01-01' } },
				{ type: 'sold_amount', state: { to: 500 } },
				{ type: 'category', state: { value: [7, 8] } },
				{ type: 'id', state: { value: [1121413] } },
			],
		});
		expect(bench.body('POST').fields).toContain('phone');
		expect(found).toEqual([]);
	});

	it('gives all pages', async () => {
		bench.stop();
		const [jane] = regulars();
		const clients = Array.from({ length: 450 }, (_, index) => ({
			...jane!,
			id: index + 1,
			name: `Client ${index + 1}`,
		}));
		bench = openBench({ clients });
		const found = await bench.given('client', 'search');
		expect(found.map(({ id }) => id)).toEqual(clients.map(({ id }) => String(id)));
		expect(bench.asked()).toHaveLength(3);
	});
});

describe('Find by Instagram', () => {
	it('looks into e-mails through the old list where the search does not, and takes exact matches alone', async () => {
		bench.simulator.clients.create({
			name: 'Other',
			phone: '48600000001',
			email: 'not.jane.example@gmail.com',
		});
		const found = await bench.given('client', 'findByInstagram', {
			instagram: 'https://instagram.com/Jane.Example/',
			instagramIn: 'email',
		});
		expect(found).toMatchObject([{ id: '1121412', instagram: 'jane.example' }]);
		expect(bench.asked()).toEqual([
			'POST /company/123456/clients/search',
			'GET /clients/123456?email=jane.example@gmail.com&count=200&page=1',
			'GET /client/123456/1121412',
		]);
		expect(bench.body('POST')).toMatchObject({
			filters: [{ type: 'quick_search', state: { value: 'jane.example@gmail.com' } }],
		});
	});

	it('needs no old list where the search finds the e-mail', async () => {
		const data = [
			{ id: 1121412, email: 'jane.example@gmail.com' },
			{ id: 1121413, email: 'xjane.example@gmail.com' },
		];
		const body = { success: true, data, meta: { total_count: 2 } };
		bench.world.misbehave('altegio', { kind: 'answer', response: { status: 200, body } });
		const asked = { instagram: 'jane.example', instagramIn: 'email' };
		expect(await bench.given('client', 'findByInstagram', asked)).toMatchObject([{ id: '1121412' }]);
		expect(bench.asked()).toHaveLength(2);
	});

	it.each([404, 405, 410])('finds nobody where the old list is gone (%i)', async (status) => {
		const response = { status, body: { success: false, meta: { message: 'Gone' } } };
		bench.world.misbehave('altegio', { kind: 'latency', milliseconds: 0 }, { kind: 'answer', response });
		expect(
			await bench.given('client', 'findByInstagram', { instagram: 'nobody', instagramIn: 'email' }),
		).toEqual([]);
	});

	const byField = {
		instagram: '@olha.pryklad',
		instagramIn: 'customField',
		instagramField: 'instagram',
		maxClients: 500,
	};

	it('reads clients one by one where the search leaves custom fields out', async () => {
		expect(await bench.given('client', 'findByInstagram', byField)).toMatchObject([
			{ id: '1121413', instagram: 'olha.pryklad' },
		]);
		expect(bench.asked().slice(1).sort()).toEqual([
			'GET /client/123456/1121412',
			'GET /client/123456/1121413',
			'GET /client/123456/1121413',
		]);
	});

	it('reads nobody else where the search brings them', async () => {
		const data = [
			{ id: 1121412, custom_fields: [] },
			{ id: 1121413, custom_fields: { instagram: 'olha.pryklad' } },
		];
		const body = { success: true, data, meta: { total_count: 2 } };
		bench.world.misbehave('altegio', { kind: 'answer', response: { status: 200, body } });
		expect(await bench.given('client', 'findByInstagram', byField)).toMatchObject([{ id: '1121413' }]);
		expect(bench.asked()).toHaveLength(2);
	});

	it('reads no more than it may', async () => {
		const { error } = await bench.run('client', 'findByInstagram', { ...byField, maxClients: 1 });
		expect(error?.message).toBe('2 clients would have to be read one by one');
		expect(error?.description).toContain('Raise Max Clients to Read (now 1)');
	});

	it('refuses what is no username', async () => {
		const { error } = await bench.run('client', 'findByInstagram', {
			instagram: 'a b',
			instagramIn: 'email',
		});
		expect(error?.message).toBe('"Instagram Username" is not an Instagram username [Item 0]');
	});
});

describe('Create', () => {
	it('sends digits and the fields that are set', async () => {
		const [made] = await bench.given('client', 'create', {
			clientName: 'Ola',
			clientPhone: '+48 601-234-567',
			additionalFields: {
				clientLastName: 'Nowak',
				clientEmail: 'ola@example.com',
				birthDate: '1991-02-03',
				categoryIds: '7',
				discount: 5,
				gender: 2,
				notes: 'by chat',
				customFields: { field: [{ code: 'instagram', value: 'ola' }] },
			},
		});
		expect(bench.asked()).toEqual(['POST /clients/123456']);
		expect(bench.body('POST')).toEqual({
			name: 'Ola',
			phone: '48601234567',
			birth_date: '1991-02-03',
			surname: 'Nowak',
			custom_fields: { instagram: 'ola' },
			discount: 5,
			email: 'ola@example.com',
			sex_id: 2,
			comment: 'by chat',
			categories: [7],
		});
		expect(made).toMatchObject({ name: 'Ola Nowak', phone: '+48601234567', birthDate: '1991-02-03' });
	});

	const ola = { clientName: 'Ola', clientPhone: '+48601234567' };

	it("passes Altegio's own refusal on", async () => {
		const { error } = await bench.run('client', 'create', { ...ola, clientPhone: '+12025550123' });
		expect(error?.message).toBe('Altegio did not accept the request (HTTP 422)');
		expect(error?.description).toContain('A client with this phone already exists');
	});

	it('finds by phone what a lost answer had done', async () => {
		bench.world.misbehave('altegio', { kind: 'resetAfter' });
		expect(await bench.given('client', 'create', ola)).toMatchObject([
			{ name: 'Ola', phone: '+48601234567' },
		]);
		expect(bench.asked().filter((line) => line === 'POST /clients/123456')).toHaveLength(1);
	});

	it('says that it may have been done where nobody is found', async () => {
		bench.world.misbehave('altegio', { kind: 'reset' });
		const { error } = await bench.run('client', 'create', ola);
		expect(error?.description).toContain('look it up there before you repeat it');
	});

	it('refuses a birth date that is none', async () => {
		const { error } = await bench.run('client', 'create', {
			...ola,
			additionalFields: { birthDate: '3 May' },
		});
		expect(error?.message).toBe('"Birth Date" is not a date [Item 0]');
	});
});

describe('Update', () => {
	it('sends name, phone and all the rest again', async () => {
		const [changed] = await bench.given('client', 'update', {
			client: pick('1121413'),
			updateFields: { notes: 'likes tea', customFields: { field: [{ code: 'size', value: 'M' }] } },
		});
		expect(bench.asked()).toEqual(['GET /client/123456/1121413', 'PUT /client/123456/1121413']);
		expect(bench.body('PUT')).toMatchObject({
			name: 'Olha',
			surname: 'Приклад',
			phone: '380671234567',
			email: 'olha@example.com',
			discount: 10,
			labels: [7],
			comment: 'likes tea',
			custom_fields: { instagram: '@olha.pryklad', size: 'M' },
		});
		expect(bench.body('PUT')).not.toHaveProperty('balance');
		expect(bench.body('PUT')).not.toHaveProperty('spent');
		expect(changed).toMatchObject({ notes: 'likes tea', email: 'olha@example.com', discount: 10 });
	});

	it('changes name, phone and categories', async () => {
		await bench.given('client', 'update', {
			client: pick('1121413'),
			updateFields: { clientName: 'Olga', clientPhone: '+380671234568', categoryIds: '9' },
		});
		expect(bench.body('PUT')).toMatchObject({ name: 'Olga', phone: '380671234568', labels: [9] });
	});
});
