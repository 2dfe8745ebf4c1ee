import { DateTime } from 'luxon';
import type { IDataObject, IWebhookFunctions, IWebhookResponseData } from 'n8n-workflow';
import {
	answer,
	isRepeat,
	receive,
	RecentDeliveries,
	safeHeaders,
	triggerCredential,
	type Guard,
	type ReceivedRequest,
} from '../../../lib/webhook';
import { eventKeyOf, happeningsIn, isOwn, nameOf, payloadOf, type EventName, type Happening } from './events';

/** Up to 1000 updates come in one call. */
const MAX_BYTES = 5 * 1024 * 1024;

/** Instagram repeats for hours what was not answered; the flow's own table knows what is older than this. */
const recent = new RecentDeliveries({ maxAgeSeconds: 3600, maxEntries: 20_000 });

interface Secrets {
	verifyToken?: string;
	appSecrets: string[];
}

/** Without a usable credential the secrets are missing, and a missing secret refuses everything. */
async function secretsOf(context: IWebhookFunctions): Promise<Secrets> {
	const credential = await triggerCredential(context, 'instagramDirectApi');
	const typed = (name: string) => String(credential[name] ?? '').trim();
	return {
		verifyToken: typed('verifyToken'),
		// Meta's pages name the app secret; which of an app's two secrets signs is not settled (2026-08).
		appSecrets: [typed('appSecret'), typed('instagramAppSecret')],
	};
}

const VERIFY_TOKEN: Guard['scheme'] = { scheme: 'secret', place: 'query', name: 'hub.verify_token' };

/** `X-Hub-Signature-256: sha256=<hex>`, HMAC over the raw bytes (webhooks page). */
const SIGNATURE: Guard['scheme'] = { scheme: 'hmac', header: 'x-hub-signature-256', prefix: 'sha256=' };

interface TextResponse {
	status(code: number): this;
	type(contentType: string): this;
	send(body: string): unknown;
}

/** Meta asks whether the address is ours before it uses it: the challenge goes back as plain text. */
async function takeHandshake(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { verifyToken } = await secretsOf(context);
	const received = await receive(context, { scheme: VERIFY_TOKEN, secret: verifyToken });
	if ('refused' in received) return received.refused;
	const { query } = received.request;
	const challenge = query.get('hub.challenge') ?? '';
	if (query.get('hub.mode') !== 'subscribe' || !/^[\w.-]{1,256}$/.test(challenge)) {
		return answer(context, 400, { message: 'This is no verification request' });
	}
	(context.getResponseObject() as unknown as TextResponse).status(200).type('text/plain').send(challenge);
	return { noWebhookResponse: true };
}

interface Wanted {
	events: EventName[];
	/** Empty: all. */
	accountIds: string[];
	includeRaw: boolean;
}

function wantedOf(context: IWebhookFunctions): Wanted {
	const { accountIds = '', includeRaw = false } = context.getNodeParameter('additionalOptions', {}) as {
		accountIds?: string | number;
		includeRaw?: boolean;
	};
	const ids = String(accountIds).split(',');
	return {
		events: context.getNodeParameter('events', []) as EventName[],
		accountIds: ids.map((id) => id.trim()).filter(Boolean),
		includeRaw,
	};
}

/** The events that are wanted and new, in the order they came. */
function newEvents(context: IWebhookFunctions, happenings: Happening[], { events, accountIds }: Wanted) {
	return happenings.flatMap((happening) => {
		const name = nameOf(happening.update);
		const { accountId, test } = happening;
		const isWanted =
			name !== undefined &&
			events.includes(name) &&
			!isOwn(happening) &&
			(accountIds.length === 0 || accountIds.includes(accountId));
		// The dashboard's test events are all alike, and pressed again on purpose.
		if (!isWanted || (!test && isRepeat(context, recent, eventKeyOf(name, happening)))) return [];
		return [{ name, happening }];
	});
}

const metaOf = (request: ReceivedRequest, { test }: Happening, zone: string): IDataObject => ({
	provider: 'instagram',
	receivedAt: DateTime.fromMillis(request.receivedAt, { zone }).toISO(),
	test,
	headers: safeHeaders(request.headers),
});

async function takeEvents(context: IWebhookFunctions): Promise<IWebhookResponseData> {
	const { appSecrets } = await secretsOf(context);
	const guard: Guard = { scheme: SIGNATURE, secret: appSecrets, maxBytes: MAX_BYTES };
	const received = await receive(context, guard);
	if ('refused' in received) return received.refused;
	const { request } = received;
	const happenings = happeningsIn(request.rawBody);
	if (!happenings) return answer(context, 400, { message: 'The body is no event of Instagram' });
	const wanted = wantedOf(context);
	const zone = context.getTimezone();
	const items = newEvents(context, happenings, wanted).map(({ name, happening }) => ({
		json: {
			...payloadOf(name, happening, zone),
			meta: metaOf(request, happening, zone),
			...(wanted.includeRaw && { raw: happening.raw }),
		},
	}));
	if (items.length === 0) return answer(context, 200, { message: 'Nothing to do' });
	return { workflowData: [items] };
}

/**
 * Takes a call of Meta: the handshake by GET, events by POST. Authentic or 401; answered at once, since Meta
 * waits 5 seconds and repeats. A batch becomes one item for each event; what the account itself wrote, what is
 * not wanted and what came before is answered with 200 and starts nothing.
 */
export const takeCall = async (context: IWebhookFunctions): Promise<IWebhookResponseData> =>
	context.getWebhookName() === 'setup' ? await takeHandshake(context) : await takeEvents(context);
