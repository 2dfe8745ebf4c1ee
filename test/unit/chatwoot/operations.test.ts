import type { IDataObject } from 'n8n-workflow';
import type { SimContact, SimConversation } from '../../../sandbox/simulators/chatwoot-store';
import { byId, chatwootBench, items, run, type Bench } from './bench';

describe('Chatwoot', () => {
	let bench: Bench;
	let jane: SimContact;
	let talk: SimConversation;
	beforeEach(() => {
		bench = chatwootBench();
		jane = bench.simulator.given({
			name: 'Jane',
			phone_number: '+5491123456789',
			custom_attributes: { source: 'web' },
		});
		bench.simulator.receive(jane, 'I want to book');
		talk = bench.simulator.account().conversations.get(42) as SimConversation;
	});
	afterEach(() => bench.stop());

	const conversation = byId('42');
	const one = async (name: string, parameters: IDataObject) => (await items(name, parameters))[0] ?? {};

	describe('Create or Update', () => {
		it('changes the contact that has the line, and keeps its spelling and attributes', async () => {
			const found = await one('contact.upsert', {
				phone: '+541123456789',
				contactName: 'Jane B.',
				additionalFields: { customAttributes: { attribute: [{ key: 'package', value: 'basic' }] } },
			});
			expect(found).toMatchObject({ id: '55', created: false, phone: '+5491123456789', name: 'Jane B.' });
			expect(found.customAttributes).toEqual({ source: 'web', package: 'basic' });
			expect(bench.sent()).not.toHaveProperty('phone_number');
		});

		it('creates once for items of a run that are one person', async () => {
			const found = await items(
				'contact.upsert',
				{ email: '={{ $json.email }}' },
				{ items: [{ email: 'new@example.com' }, { email: 'NEW@example.com' }, { email: 'new@example.com' }] },
			);
			expect(found.map(({ created }) => created)).toEqual([true, false, false]);
			expect(new Set(found.map(({ id }) => id)).size).toBe(1);
		});

		it('refuses to mix two contacts', async () => {
			bench.simulator.given({ email: 'other@example.com' });
			const { error } = await run('contact.upsert', { phone: '+5491123456789', email: 'other@example.com' });
			expect(error?.message).toBe('The values belong to two contacts: ID 55 by phone, ID 56 by email');
			expect(error?.description).toContain('Merge them');
			expect(bench.calls()).toHaveLength(1);
		});

		it('asks for something to know the contact by', async () => {
			const { error } = await run('contact.upsert', { contactName: 'Jane' });
			expect(error?.message).toContain('"Phone" is empty, as are Email and Identifier');
		});
	});

	it('gives the raw answer without session tokens where Simplify is off', async () => {
		const raw = await one('contact.get', { contact: byId('55'), simplify: false });
		expect(raw).toMatchObject({ id: 55, phone_number: '+5491123456789', contact_inboxes: [{}] });
	});

	it('lists more than a page of contacts, and no one twice', async () => {
		for (let index = 0; index < 40; index++) bench.simulator.given({ email: `a${index}@example.com` });
		expect(await items('contact.getAll', { returnAll: true })).toHaveLength(41);
		expect(await items('contact.getAll', { limit: 20 })).toHaveLength(20);
		expect(await items('contact.search', { searchText: 'example.com', returnAll: true })).toHaveLength(40);
	});

	it('merges two contacts', async () => {
		const { id } = bench.simulator.given({ email: 'jane@example.com' });
		const merged = await one('contact.merge', { contact: byId('55'), mergee: byId(String(id)) });
		expect(merged).toMatchObject({ id: '55', email: 'jane@example.com', phone: '+5491123456789' });
		const { error } = await run('contact.merge', { contact: byId('55'), mergee: byId('55') });
		expect(error?.message).toBe('"Contact to Merge In" is the same contact [Item 0]');
	});

	it('refuses an update of nothing', async () => {
		const { error } = await run('contact.update', { contact: byId('55') });
		expect(error?.message).toContain('"Name" and all other fields are empty');
	});

	describe('Find or Create', () => {
		const find = async (more: IDataObject = {}) =>
			await one('conversation.findOrCreate', { contact: byId('55'), inbox: byId('9'), ...more });

		it('goes on with the conversation that is not resolved', async () => {
			talk.status = 'pending';
			expect(await find()).toMatchObject({
				id: '42',
				created: false,
				status: 'pending',
				contact: { id: '55' },
			});
		});

		it('opens one in an inbox the contact has not been in, once for all items', async () => {
			const found = await items(
				'conversation.findOrCreate',
				{ contact: byId('55'), inbox: byId('11') },
				{ items: [{}, {}] },
			);
			expect(found.map(({ id, created }) => [id, created])).toEqual([
				['43', true],
				['43', false],
			]);
		});

		it.each([
			['create', { id: '43', created: true, status: 'open' }],
			['reopen', { id: '42', created: false, status: 'open' }],
			['take', { id: '42', created: false, status: 'resolved' }],
		])('does as told with resolved ones: %s', async (ifResolved, expected) => {
			talk.status = 'resolved';
			expect(await find({ ifResolved })).toMatchObject(expected);
		});

		it('says what Chatwoot says where the channel needs to know who the contact is', async () => {
			const instagram = { contact: byId('55'), inbox: byId('12') };
			const { error } = await run('conversation.findOrCreate', instagram);
			expect(error?.description).toContain('Unsupported operation for this channel');
			const newFields = { sourceId: '17841400000000123' };
			expect(await find({ ...instagram, newFields })).toMatchObject({ channel: 'instagram', created: true });
		});
	});

	it('keeps labels that other items of the run add meanwhile', async () => {
		talk.labels = ['lead'];
		const found = await items(
			'conversation.addLabels',
			{ conversation, labels: '={{ $json.label }}' },
			{ items: ['a', 'b', 'c'].map((label) => ({ label })) },
		);
		expect(talk.labels).toEqual(['lead', 'a', 'b', 'c']);
		expect(found[2]).toEqual({ id: '42', labels: ['lead', 'a', 'b', 'c'] });
	});

	it('does not write labels that are right already', async () => {
		talk.labels = ['lead'];
		await items('conversation.addLabels', { conversation, labels: 'LEAD' });
		await items('conversation.removeLabels', { conversation, labels: 'other' });
		expect(bench.asked().filter((asked) => asked.startsWith('POST'))).toEqual([]);
		await items('conversation.setLabels', { conversation, labels: '' });
		expect(talk.labels).toEqual([]);
		const { error } = await run('conversation.addLabels', { conversation, labels: ' , ' });
		expect(error?.message).toBe('"Labels" is empty [Item 0]');
	});

	it('merges custom attributes, which Chatwoot replaces', async () => {
		talk.custom_attributes = { package: 'basic', old: 'x' };
		const found = await one('conversation.setCustomAttributes', {
			conversation,
			customAttributes: { attribute: [{ key: 'booking_id', value: '7' }] },
			customAttributesJson: '{"visits": 3}',
			removed: 'old',
		});
		expect(found).toEqual({ id: '42', customAttributes: { package: 'basic', booking_id: '7', visits: 3 } });
		const { error } = await run('conversation.setCustomAttributes', { conversation });
		expect(error?.message).toBe('"Custom Attributes" holds nothing [Item 0]');
	});

	it('sets the status and does not toggle it', async () => {
		await items('conversation.setStatus', { conversation, status: 'resolved' }, { items: [{}, {}] });
		expect(talk.status).toBe('resolved');
	});

	it('assigns to team and agent, and asks for one of them', async () => {
		await items('conversation.assign', { conversation, agent: byId('3'), team: byId('2') });
		expect(talk).toMatchObject({ assignee_id: 3, team_id: 2 });
		const { error } = await run('conversation.assign', { conversation });
		expect(error?.message).toBe('"Agent" is empty, as is Team [Item 0]');
	});

	it('lists more than a page of conversations', async () => {
		for (let index = 0; index < 30; index++) {
			bench.simulator.receive(bench.simulator.given({ phone_number: `+1202555${1000 + index}` }), 'Hi');
		}
		expect(await items('conversation.getAll', { returnAll: true })).toHaveLength(31);
		expect(await items('conversation.getAll', { limit: 26 })).toHaveLength(26);
		expect(await items('conversation.getAll', { filters: { status: 'resolved' } })).toEqual([]);
	});

	describe('messages', () => {
		it('sends what was written, to the letter', async () => {
			const text = 'O"Brien \\ {"x":1}\n🙂';
			const sent = await one('message.send', { conversation, text });
			expect(sent).toMatchObject({ conversationId: '42', text, direction: 'outgoing', private: false });
			expect(talk.messages.at(-1)?.content).toBe(text);
		});

		it('sends files as a form, with the text and a note to agents', async () => {
			const binary = {
				picture: { data: Buffer.from('PNG').toString('base64'), mimeType: 'image/png', fileName: 'a b.png' },
				invoice: {
					data: Buffer.from('%PDF').toString('base64'),
					mimeType: 'application/pdf',
					fileName: 'i.pdf',
				},
			};
			const [sent] = await items(
				'message.send',
				{
					conversation,
					text: 'See',
					private: true,
					attachments: 'picture, invoice',
					options: { replyTo: '9001' },
				},
				{ binary },
			);
			expect(sent).toMatchObject({
				text: 'See',
				private: true,
				attachments: [
					{ type: 'image', size: 3 },
					{ type: 'file', size: 4 },
				],
			});
			expect(talk.messages.at(-1)?.content_attributes).toEqual({ in_reply_to: '9001' });
			expect(bench.calls().at(-1)?.request.headers['content-type']).toMatch(
				/^multipart\/form-data; boundary=/,
			);
		});

		it('sends a file without a text, and says which file is not there', async () => {
			const binary = { data: { data: 'UE5H', mimeType: 'image/png' } };
			const [sent] = await items('message.send', { conversation, attachments: 'data' }, { binary });
			expect(sent?.attachments).toHaveLength(1);
			const { error } = await run('message.send', { conversation, attachments: 'other' }, { binary });
			expect(error?.message).toContain('other');
			expect(bench.calls()).toHaveLength(1);
		});

		it.each([
			[{ text: '' }, '"Text" is empty [Item 0]'],
			[{ attachments: 'a,'.repeat(16) }, '"Attachments" names 16 files [Item 0]'],
			[{ text: 'x', options: { replyTo: 'abc' } }, '"Reply To" is not a Chatwoot ID [Item 0]'],
		])('refuses %j', async (parameters, message) => {
			const { error } = await run('message.send', { conversation, ...parameters });
			expect(error?.message).toBe(message);
			expect(bench.calls()).toHaveLength(0);
		});

		it('writes as the contact in API inboxes only', async () => {
			const incoming = { text: 'From afar', options: { direction: 'incoming' } };
			const { error } = await run('message.send', { conversation, ...incoming });
			expect(error?.description).toContain('Incoming messages are only allowed in Api inboxes');
			await items('conversation.findOrCreate', { contact: byId('55'), inbox: byId('11') });
			const sent = await one('message.send', { conversation: byId('43'), ...incoming });
			expect(sent).toMatchObject({ direction: 'incoming', sender: { id: '55', type: 'contact' } });
		});

		it('reads the newest messages, oldest first, over several pages', async () => {
			for (let index = 1; index <= 50; index++) bench.simulator.receive(jane, `Message ${index}`);
			const newest = await items('message.getAll', { conversation, limit: 30 });
			expect(newest.map(({ text }) => text)).toEqual(
				Array.from({ length: 30 }, (_, at) => `Message ${at + 21}`),
			);
			expect(await items('message.getAll', { conversation, returnAll: true })).toHaveLength(51);
		});

		it('sends a template, whose fate shows in its status later', async () => {
			const template = { conversation, templateName: 'appointment_reminder', shownText: 'Hi' };
			expect(await one('message.sendTemplate', { ...template, language: 'pl' })).toMatchObject({
				status: 'sent',
			});
			await items('message.sendTemplate', { ...template, language: 'fr' });
			const messages = await items('message.getAll', { conversation });
			expect(messages.slice(-2).map(({ status }) => status)).toEqual(['sent', 'failed']);
			expect(messages.at(-1)?.externalError).toContain('does not exist in the translation');
		});
	});
});
