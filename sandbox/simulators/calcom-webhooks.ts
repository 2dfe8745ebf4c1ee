import { createHmac, randomUUID } from 'node:crypto';
import { badRequest, bookingOutput, isoTime, notFound, Refusal } from './calcom-answers';
import type { CalBooking, CalCalendar, CalEventType } from './calcom-calendar';
import type { Json } from './calcom-rules';
import type { SendWebhook } from './kit';

export interface CalWebhook {
	id: string;
	/** Undefined: the user's, for every event type. */
	eventTypeId?: number;
	subscriberUrl: string;
	triggers: string[];
	active: boolean;
	payloadTemplate: string | null;
	secret: string | null;
}

/** What was sent, and the status it was answered with; undefined where nobody answered. */
export interface CalDelivery {
	url: string;
	trigger: string;
	body: string;
	headers: Record<string, string>;
	status?: number;
}

/** The enum of CreateWebhookInputDto, with the two of the newer docs that concern bookings. */
const TRIGGERS = [
	...[
		'BOOKING_CREATED',
		'BOOKING_PAYMENT_INITIATED',
		'BOOKING_PAID',
		'BOOKING_RESCHEDULED',
		'BOOKING_REQUESTED',
	],
	...['BOOKING_CANCELLED', 'BOOKING_REJECTED', 'BOOKING_NO_SHOW_UPDATED', 'FORM_SUBMITTED', 'MEETING_ENDED'],
	...[
		'MEETING_STARTED',
		'RECORDING_READY',
		'INSTANT_MEETING',
		'RECORDING_TRANSCRIPTION_GENERATED',
		'OOO_CREATED',
	],
	...['AFTER_HOSTS_CAL_VIDEO_NO_SHOW', 'AFTER_GUESTS_CAL_VIDEO_NO_SHOW', 'FORM_SUBMITTED_NO_EVENT'],
	...['ROUTING_FORM_FALLBACK_HIT', 'DELEGATION_CREDENTIAL_ERROR', 'WRONG_ASSIGNMENT_REPORT'],
	...['BOOKING_LOCATION_UPDATED', 'BOOKING_REASSIGNED'],
];

/** Webhooks of the account: their CRUD, and what is sent, enveloped or flat, and signed as Cal.com signs. */
export class CalWebhooks {
	readonly webhooks: CalWebhook[] = [];
	readonly deliveries: CalDelivery[] = [];
	private pending: Promise<unknown>[] = [];

	constructor(
		private readonly calendar: CalCalendar,
		private readonly send: SendWebhook | undefined,
	) {}

	reset(): void {
		this.webhooks.length = 0;
		this.deliveries.length = 0;
	}

	/** Waits until everything sent so far is answered. */
	async settled(): Promise<void> {
		await Promise.all(this.pending.splice(0));
	}

	create(body: Json, eventTypeId?: number): Json {
		const { subscriberUrl, triggers, active, payloadTemplate, secret } = body;
		if (typeof subscriberUrl !== 'string') throw badRequest('subscriberUrl must be a string');
		if (typeof active !== 'boolean') throw badRequest('active must be a boolean value');
		if (!Array.isArray(triggers) || !triggers.every((trigger) => TRIGGERS.includes(String(trigger)))) {
			throw badRequest(`each value in triggers must be one of the following values: ${TRIGGERS.join(', ')}`);
		}
		if (this.of(eventTypeId).some((webhook) => webhook.subscriberUrl === subscriberUrl)) {
			throw new Refusal(
				409,
				'CONFLICT',
				'Unique constraint failed on the fields: (`userId`,`subscriberUrl`)',
			);
		}
		const webhook: CalWebhook = {
			id: randomUUID(),
			eventTypeId,
			subscriberUrl,
			triggers: triggers.map(String),
			active,
			payloadTemplate: typeof payloadTemplate === 'string' ? payloadTemplate : null,
			secret: typeof secret === 'string' && secret !== '' ? secret : null,
		};
		this.webhooks.push(webhook);
		return this.output(webhook);
	}

	list(eventTypeId: number | undefined, take: number, skip: number): Json[] {
		return this.of(eventTypeId)
			.slice(skip, skip + take)
			.map((webhook) => this.output(webhook));
	}

	get(id: string, eventTypeId?: number): Json {
		return this.output(this.find(id, eventTypeId));
	}

	update(id: string, body: Json, eventTypeId?: number): Json {
		return this.output(Object.assign(this.find(id, eventTypeId), body));
	}

	remove(id: string, eventTypeId?: number): Json {
		const webhook = this.find(id, eventTypeId);
		this.webhooks.splice(this.webhooks.indexOf(webhook), 1);
		return this.output(webhook);
	}

	/** Tells everybody who asked for it of a change of a booking. */
	announce(trigger: string, booking: CalBooking, more: Json = {}): void {
		const createdAt = isoTime(this.calendar.now());
		const payload = trigger === 'BOOKING_NO_SHOW_UPDATED' ? more : { ...this.payload(booking), ...more };
		this.post(trigger, booking, { triggerEvent: trigger, createdAt, payload });
	}

	/** The end of a meeting goes out flat: the booking's columns, as they were when it was accepted. */
	announceEnd(booking: CalBooking): void {
		this.post('MEETING_ENDED', booking, { triggerEvent: 'MEETING_ENDED', ...this.columns(booking) });
	}

	private of(eventTypeId?: number): CalWebhook[] {
		return this.webhooks.filter((webhook) => webhook.eventTypeId === eventTypeId);
	}

	private find(id: string, eventTypeId?: number): CalWebhook {
		const webhook = this.of(eventTypeId).find((one) => one.id === id);
		if (!webhook) throw notFound(`Webhook (${id}) not found`);
		return webhook;
	}

	private output({ eventTypeId, ...webhook }: CalWebhook): Json {
		return { ...webhook, ...(eventTypeId === undefined ? { userId: this.owner.id } : { eventTypeId }) };
	}

	private get owner() {
		return this.calendar.settings.users[0] ?? { id: 1 };
	}

	private post(trigger: string, { eventTypeId }: CalBooking, message: Json): void {
		const listening = this.webhooks.filter(
			(webhook) =>
				webhook.active &&
				webhook.triggers.includes(trigger) &&
				(webhook.eventTypeId === undefined || webhook.eventTypeId === eventTypeId),
		);
		const body = JSON.stringify(message);
		for (const { subscriberUrl: url, secret } of listening) {
			const signature = secret
				? createHmac('sha256', secret).update(body).digest('hex')
				: 'no-secret-provided';
			const headers = {
				'content-type': 'application/json',
				'x-cal-signature-256': signature,
				'x-cal-webhook-version': '2021-10-20',
			};
			const delivery: CalDelivery = { url, trigger, body, headers };
			this.deliveries.push(delivery);
			// Cal.com sends once, whatever the answer (open code, sendPayload).
			this.pending.push(
				Promise.resolve(this.send?.(url, { headers, body })).then(
					(answer) => (delivery.status = answer?.status),
					() => undefined,
				),
			);
		}
	}

	private payload(booking: CalBooking): Json {
		const type = this.calendar.eventType(booking.eventTypeId) as CalEventType;
		const host = this.calendar.host(type);
		const output = bookingOutput(this.calendar, booking);
		return {
			bookerUrl: 'https://app.cal.com',
			title: output.title,
			startTime: isoTime(booking.start).replace('.000', ''),
			endTime: isoTime(booking.end).replace('.000', ''),
			additionalNotes: output.description,
			type: type.slug,
			description: output.description,
			eventTypeId: type.id,
			schedulingType: null,
			organizer: { ...host, usernameInOrg: host.username, language: { locale: 'en' }, timeFormat: 'h:mma' },
			attendees: booking.attendees.map(({ email, name, timeZone, language }) => ({
				...{ email, name, timeZone, firstName: name.split(' ')[0] ?? '', lastName: '' },
				language: { locale: language },
			})),
			customInputs: {},
			responses: responsesOf(booking),
			userFieldsResponses: {},
			location: booking.location,
			iCalUID: output.icsUid,
			requiresConfirmation: type.requiresConfirmation ?? false,
			uid: booking.uid,
			eventTitle: type.title,
			eventDescription: '',
			price: type.price ?? 0,
			currency: type.currency ?? 'usd',
			length: output.duration,
			bookingId: booking.id,
			metadata: booking.metadata,
			status: booking.status.toUpperCase(),
		};
	}

	private columns(booking: CalBooking): Json {
		const type = this.calendar.eventType(booking.eventTypeId) as CalEventType;
		const { id, email, name, timeZone, username } = this.calendar.host(type);
		return {
			id: booking.id,
			uid: booking.uid,
			idempotencyKey: `${booking.uid}-key`,
			userId: id,
			userPrimaryEmail: email,
			eventTypeId: type.id,
			title: bookingOutput(this.calendar, booking).title,
			description: String(booking.answers.notes ?? ''),
			responses: responsesOf(booking),
			startTime: isoTime(booking.start),
			endTime: isoTime(booking.end),
			location: booking.location,
			createdAt: isoTime(booking.createdAt),
			updatedAt: isoTime(booking.createdAt),
			status: 'ACCEPTED',
			paid: false,
			fromReschedule: booking.rescheduledFromUid ?? null,
			smsReminderNumber: null,
			metadata: booking.metadata,
			noShowHost: false,
			user: { email, name, timeZone, username },
			attendees: booking.attendees.map((attendee, index) => ({
				...{ id: booking.id * 100 + index, email: attendee.email, name: attendee.name },
				...{ timeZone: attendee.timeZone, phoneNumber: attendee.phoneNumber ?? null },
				...{ locale: attendee.language, bookingId: booking.id, noShow: false },
			})),
			payment: [],
			references: [],
		};
	}
}

function responsesOf({ attendees, answers }: CalBooking): Json {
	const [client] = attendees;
	const asked = {
		name: client?.name,
		email: client?.email,
		attendeePhoneNumber: client?.phoneNumber,
		...answers,
	};
	return Object.fromEntries(
		Object.entries(asked).map(([name, value]) => [
			name,
			{ label: name, ...(value !== undefined && { value }) },
		]),
	);
}
