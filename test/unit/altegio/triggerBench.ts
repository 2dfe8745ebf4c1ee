import type { IDataObject } from 'n8n-workflow';
import { AltegioApi } from '../../../credentials/AltegioApi.credentials';
import { AltegioTrigger } from '../../../nodes/Altegio/AltegioTrigger.node';
import { CREDENTIALS, WEBHOOK_SECRET } from '../../../sandbox/simulators/altegio';
import { callLifecycle, callWebhook, type WebhookCall } from '../../support/webhook';

export const SECRET = WEBHOOK_SECRET;

export const triggerCredential = (data: IDataObject = {}) => ({
	type: new AltegioApi(),
	data: { ...CREDENTIALS, webhookSecret: SECRET, ...data } as never,
});

const DEFAULTS: IDataObject = {
	location: { __rl: true, mode: 'id', value: '123456' },
	events: [
		'appointmentCreated',
		'appointmentChanged',
		'appointmentCancelled',
		'visitCompleted',
		'clientCreated',
		'clientChanged',
	],
	debounce: 30,
	timeZone: 'Europe/Warsaw',
	additionalOptions: {},
	options: { binaryData: true },
};

/** Calls the trigger as Altegio does, with the right secret unless told otherwise. */
export const deliver = async (body: unknown, parameters: IDataObject = {}, call: Partial<WebhookCall> = {}) =>
	await callWebhook(new AltegioTrigger(), {
		credentials: [triggerCredential()],
		query: { secret: SECRET },
		headers: { 'content-type': 'application/json' },
		...call,
		rawBody: call.rawBody ?? (typeof body === 'string' ? body : JSON.stringify(body)),
		parameters: { ...DEFAULTS, ...parameters },
	});

/** What the flow starts with; empty where it does not start. */
export const eventsFrom = async (...call: Parameters<typeof deliver>): Promise<IDataObject[]> =>
	((await deliver(...call)).items ?? []).map(({ json }) => json);

/** Calls a lifecycle method as n8n does. */
export const lifecycle = async (
	method: 'checkExists' | 'create' | 'delete',
	parameters: IDataObject = {},
	credential: IDataObject = {},
) =>
	await callLifecycle(new AltegioTrigger(), method, {
		parameters: { ...DEFAULTS, ...parameters },
		credentials: [triggerCredential(credential)],
	});

let nextId = 1000;

/** A delivery about an appointment, a new one each time unless it has an id. */
export function recordEvent(
	status: 'create' | 'update' | 'delete',
	data: IDataObject = {},
	id: number = nextId++,
): IDataObject & { data: IDataObject } {
	return {
		company_id: 123456,
		resource: 'record',
		resource_id: id,
		status,
		data: {
			id,
			date: '2026-03-30 12:00:00',
			seance_length: 3600,
			staff_id: 555,
			attendance: 0,
			confirmed: 1,
			services: [{ id: 331, title: 'Haircut', cost: 120 }],
			client: { id: 7, display_name: 'Jane Example', phone: '+12025550123', email: 'jane.example@gmail.com' },
			visit_id: '77',
			last_change_date: '2026-03-02T09:00:00+0100',
			...data,
		},
	};
}
