/** Where an appointment stands. `rescheduled` is the old one of a move that made a new one. */
export const APPOINTMENT_STATUSES = [
	'pending',
	'confirmed',
	'cancelled',
	'completed',
	'no_show',
	'rescheduled',
] as const;

export type AppointmentStatus = (typeof APPOINTMENT_STATUSES)[number];

/** A time that can be booked. Absent facts are null, so that every slot has the same keys. */
export interface Slot {
	provider: string;
	/** ISO 8601 with the offset of `timeZone`. */
	start: string;
	end: string | null;
	/** IANA zone. */
	timeZone: string;
	service: { id: string; name: string | null } | null;
	staff: { id: string; name: string | null } | null;
	/** People who can still book it. */
	capacity: number | null;
}

/** A booked time, alike for every booking system. Absent facts are null. */
export interface Appointment {
	provider: string;
	id: string;
	status: AppointmentStatus;
	/** ISO 8601 with the offset of `timeZone`. */
	start: string;
	end: string | null;
	/** IANA zone. */
	timeZone: string;
	title: string | null;
	/** `price` in units of `currency` (ISO 4217). */
	service: { id: string | null; name: string | null; price: number | null; currency: string | null } | null;
	staff: { id: string | null; name: string | null } | null;
	/** Where it takes place, as text. */
	location: string | null;
	/** Where the client sees or changes it. */
	url: string | null;
	/** `phone` in E.164. */
	client: {
		name: string | null;
		email: string | null;
		phone: string | null;
		instagram: string | null;
		id: string | null;
	};
	paid: boolean | null;
	/** What it costs in all, in units of the service's currency. */
	amount: number | null;
	/** The appointment that this one replaced. */
	previousId: string | null;
	/** The lead it belongs to. */
	leadKey: string | null;
	notes: string | null;
	/** ISO 8601 with offset. */
	createdAt: string | null;
	updatedAt: string | null;
	/** The provider's own answer, on request. */
	raw?: unknown;
}

type Given<Shape, Required extends keyof Shape> = Pick<Shape, Required> & Partial<Shape>;

/**
 * Completes a slot.
 *
 * @param given what the provider says; the rest becomes null
 */
export const slot = (given: Given<Slot, 'provider' | 'start' | 'timeZone'>): Slot => ({
	end: null,
	service: null,
	staff: null,
	capacity: null,
	...given,
});

/**
 * Completes an appointment.
 *
 * @param given what the provider says; the rest becomes null
 */
export const appointment = (
	given: Given<Omit<Appointment, 'client'>, 'provider' | 'id' | 'status' | 'start' | 'timeZone'> & {
		client?: Partial<Appointment['client']>;
	},
): Appointment => ({
	end: null,
	title: null,
	service: null,
	staff: null,
	location: null,
	url: null,
	paid: null,
	amount: null,
	previousId: null,
	leadKey: null,
	notes: null,
	createdAt: null,
	updatedAt: null,
	...given,
	client: { name: null, email: null, phone: null, instagram: null, id: null, ...given.client },
});

const TIME = {
	type: 'string',
	pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})$',
};
const orNull = <Schema extends { type: string }>(schema: Schema) => ({
	...schema,
	type: [schema.type, 'null'],
});
const TEXT = { type: 'string', minLength: 1 };

const object = (properties: Record<string, object>, optional: string[] = []) => ({
	type: 'object',
	properties,
	required: Object.keys(properties).filter((key) => !optional.includes(key)),
	additionalProperties: false,
});

/** JSON Schema (2020-12) of a slot. */
export const SLOT_SCHEMA = {
	$schema: 'https://json-schema.org/draft/2020-12/schema',
	title: 'Slot',
	...object({
		provider: TEXT,
		start: TIME,
		end: orNull(TIME),
		timeZone: TEXT,
		service: orNull(object({ id: TEXT, name: orNull(TEXT) })),
		staff: orNull(object({ id: TEXT, name: orNull(TEXT) })),
		capacity: orNull({ type: 'number', minimum: 0 }),
	}),
};

/** JSON Schema (2020-12) of an appointment. */
export const APPOINTMENT_SCHEMA = {
	$schema: 'https://json-schema.org/draft/2020-12/schema',
	title: 'Appointment',
	...object(
		{
			provider: TEXT,
			id: TEXT,
			status: { type: 'string', enum: APPOINTMENT_STATUSES },
			start: TIME,
			end: orNull(TIME),
			timeZone: TEXT,
			title: orNull(TEXT),
			service: orNull(
				object({
					id: orNull(TEXT),
					name: orNull(TEXT),
					price: orNull({ type: 'number' }),
					currency: orNull({ type: 'string', pattern: '^[A-Z]{3}$' }),
				}),
			),
			staff: orNull(object({ id: orNull(TEXT), name: orNull(TEXT) })),
			location: orNull(TEXT),
			url: orNull(TEXT),
			client: object({
				name: orNull(TEXT),
				email: orNull(TEXT),
				phone: orNull({ type: 'string', pattern: '^\\+[1-9]\\d{5,14}$' }),
				instagram: orNull(TEXT),
				id: orNull(TEXT),
			}),
			paid: orNull({ type: 'boolean' }),
			amount: orNull({ type: 'number' }),
			previousId: orNull(TEXT),
			leadKey: orNull(TEXT),
			notes: orNull(TEXT),
			createdAt: orNull(TIME),
			updatedAt: orNull(TIME),
			raw: {},
		},
		['raw'],
	),
};
