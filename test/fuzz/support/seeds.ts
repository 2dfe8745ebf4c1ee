import { jsonPayload, readPayload, specs } from '../../support/specs';

/** Recorded payloads where they are on this machine; what is written out below is always there. */
const recorded = (provider: string, ...files: string[]): unknown[] =>
	specs === undefined ? [] : files.map((file) => jsonPayload(provider, file));

const RECORD = {
	id: 42,
	company_id: 123456,
	date: '2026-03-30 12:00:00',
	datetime: '2026-03-30T12:00:00+02:00',
	create_date: '2026-03-02T08:00:00+0100',
	last_change_date: '2026-03-02T09:00:00+0100',
	seance_length: 3600,
	staff_id: 555,
	staff: { id: 555, name: 'Ola' },
	attendance: 1,
	visit_attendance: 1,
	confirmed: 1,
	deleted: false,
	paid_full: 1,
	services: [{ id: 331, title: 'Haircut', cost: 120, cost_to_pay: 99.5, amount: 1 }],
	client: {
		id: 7,
		name: 'Jane',
		surname: 'Example',
		display_name: 'Jane Example',
		phone: '+12025550123',
		email: 'jane.example@gmail.com',
		custom_fields: { instagram: '@jane.example' },
	},
	visit_id: '77',
	api_id: 'lead-1',
	comment: 'x',
	short_link: 'https://alteg.io/1',
};

const CLIENT = {
	...RECORD.client,
	birth_date: '1990-01-01',
	comment: 'x',
	discount: 5,
	balance: -3.5,
	spent: 10,
	sold_amount: 10,
	visits: 2,
	visits_count: 2,
	categories: [{ id: 1, title: 'VIP' }],
	last_change_date: '2026-03-02T09:00:00+0100',
};

const delivery = (resource: string, status: string, data: object) => ({
	company_id: 123456,
	resource,
	resource_id: 42,
	status,
	data,
});

/** Deliveries of Altegio, to location 123456. */
export const altegio: unknown[] = [
	...['create', 'update', 'delete'].map((status) => delivery('record', status, RECORD)),
	...['create', 'update'].map((status) => delivery('client', status, CLIENT)),
	[delivery('record', 'update', RECORD), delivery('client', 'create', CLIENT)],
	...recorded('altegio', 'record-create.webhook.json', 'record-update.attended.webhook.json'),
];

/** A full profile as a Chatfuel bot posts it. */
export const chatfuel: unknown[] = [
	{
		'last clicked button name': 'null',
		'chatfuel user id': '1000000000000001',
		'messenger user id': 1000000000000001,
		locale: 'pl_PL',
		'first name': 'Jane',
		'last name': 'Example',
		phone: '+12025550123',
		email: 'jane@example.com',
		consent: 'yes',
		'consent marketing': '{{consent}}',
		budget: 200,
		nested: { list: ['a', '_', null], map: { x: '' } },
	},
	...recorded('chatfuel', 'json-api.request.full-profile.json'),
];

const CONTACT = {
	id: 55,
	name: 'Jane Example',
	email: 'jane@example.com',
	identifier: 'x',
	phone_number: '+12025550123',
	blocked: false,
	custom_attributes: { lead_source: 'instagram' },
	additional_attributes: { city: 'Berlin' },
};

const CONVERSATION = {
	id: 42,
	inbox_id: 9,
	channel: 'Channel::Whatsapp',
	status: 'open',
	labels: ['lead'],
	custom_attributes: { booking_id: 'uid' },
	meta: { sender: CONTACT, assignee: { id: 3, name: 'Agent' }, team: null, channel: 'Channel::Whatsapp' },
	created_at: 1780308000,
};

const ACCOUNT = { id: 1, name: 'Example Studio' };
const CHANGED = [{ status: { previous_value: 'open', current_value: 'resolved' } }];

/** Events of Chatwoot, of account 1. */
export const chatwoot: unknown[] = [
	{ event: 'contact_created', account: ACCOUNT, ...CONTACT },
	{ event: 'contact_updated', account: ACCOUNT, ...CONTACT, changed_attributes: CHANGED },
	{ event: 'conversation_status_changed', account: ACCOUNT, ...CONVERSATION, changed_attributes: CHANGED },
	{
		event: 'message_created',
		account: ACCOUNT,
		id: 9001,
		content: 'Hi, I want to book',
		content_type: 'text',
		content_attributes: { external_error: null },
		message_type: 'incoming',
		created_at: '2026-06-01T10:00:00.000Z',
		private: false,
		conversation: CONVERSATION,
		inbox: { id: 9, name: 'WhatsApp' },
		sender: { id: 55, name: 'Jane Example', type: 'contact' },
		sender_type: 'Contact',
		attachments: [{ id: 1, file_type: 'image', data_url: 'https://x.example.com/1', file_size: 9 }],
	},
	...recorded('chatwoot', 'message_created.webhook.json', 'conversation_updated.webhook.json'),
];

const told = (content: object, at: number | string = 1772438400000) => ({
	sender: { id: '17841400000000123', username: 'anna' },
	recipient: { id: '17841400000000001' },
	timestamp: at,
	...content,
});

const batch = (...messaging: object[]) => ({
	object: 'instagram',
	entry: [{ id: '17841400000000001', time: 1772438400000, messaging }],
});

const MESSAGE = {
	mid: 'm1',
	text: 'Hello',
	attachments: [{ type: 'image', payload: { url: 'https://cdn.example.com/1.jpg', title: 'x' } }],
	reply_to: { mid: 'm0', story: { id: 's1', url: 'https://cdn.example.com/s1' } },
	referral: { ref: 'spring', source: 'ADS' },
	is_echo: false,
};

/** Calls of Instagram, one of them the dashboard's test. */
export const instagram: unknown[] = [
	batch(told({ message: MESSAGE })),
	batch(told({ message: { mid: 'm2', text: 'Morning', quick_reply: { payload: 'SLOT' } } }, '1772438400')),
	batch(told({ postback: { mid: 'm3', title: 'Book', payload: 'BOOK', referral: { ref: 'x' } } })),
	batch(
		told({ reaction: { mid: 'm1', action: 'react', reaction: 'love', emoji: '❤️' } }),
		told({ message: { mid: 'm4', is_deleted: true } }),
	),
	{ field: 'messages', value: told({ message: { mid: 'random_mid', text: 'random_text' } }) },
	...recorded('instagram', 'webhook-message-text.json', 'webhook-reaction.json'),
];

const SID = 'SM00000000000000000000000000000001';

/** The fields of Twilio's calls; a list is a name that comes several times. */
export const twilio: unknown[] = [
	{
		MessageSid: SID,
		SmsStatus: 'received',
		Body: 'Hello',
		From: '+48600700800',
		To: '+15005550006',
		NumMedia: '0',
		AccountSid: 'AC0f3d5c6b7a8e9d0c1b2a3948576e5d4c',
	},
	{
		MessageSid: SID,
		Body: '',
		From: 'whatsapp:+5511987654321',
		To: 'whatsapp:+15005550006',
		NumMedia: '2',
		MediaUrl0: 'https://api.twilio.com/0',
		MediaContentType0: 'image/png',
		Latitude: '52.2',
		Longitude: '21.0',
		Label: 'Salon',
		ButtonText: 'Yes',
		ButtonPayload: 'YES',
		ProfileName: 'Jane',
		WaId: '5511987654321',
		ExternalUserId: 'whatsapp:ID.1',
	},
	{ MessageSid: SID, MessageStatus: 'failed', ErrorCode: '63016', From: '+15005550006', To: '+48600700800' },
	...(specs === undefined
		? []
		: [Object.fromEntries(new URLSearchParams(readPayload('twilio', 'inbound-whatsapp-button.txt').trim()))]),
];
