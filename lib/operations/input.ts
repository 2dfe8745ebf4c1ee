import { DateTime } from 'luxon';
import {
	isResourceLocatorValue,
	NodeOperationError,
	type GenericValue,
	type IDataObject,
	type IExecuteFunctions,
	type INodeProperties,
	type INodePropertyCollection,
} from 'n8n-workflow';
import { isObject, numberOf } from '../fit';
import { sound } from '../json';
import { hasDay, momentText } from '../time';

type Field = Pick<INodeProperties, 'name' | 'displayName' | 'options'>;

/** The fields inside a collection or a fixed collection's group. */
function nestedFields(field: Field | undefined): Field[] {
	return (field?.options ?? []).flatMap((option) => {
		if ('values' in option) return [option, ...(option as INodePropertyCollection).values] as Field[];
		return 'type' in option ? [option as INodeProperties] : [];
	});
}

const isText = (value: unknown): value is string => typeof value === 'string';

const isEmpty = (value: unknown) =>
	value === undefined || value === null || (isText(value) && value.trim() === '');

const bounds = (min: number, max: number) =>
	max === Infinity ? `of ${min} or more` : min === -Infinity ? `of ${max} or less` : `from ${min} to ${max}`;

/** ISO 8601, also with a space for the T and before the offset; a value without an offset is in the zone. */
function momentFrom(value: unknown, timeZone: string): DateTime {
	if (DateTime.isDateTime(value)) return value;
	if (value instanceof Date) return DateTime.fromJSDate(value, { zone: timeZone });
	if (typeof value === 'object') return DateTime.invalid('no text');
	const text = String(value)
		.trim()
		.replace(/^(\S+) +(?=\d)/, '$1T')
		.replace(/(?<! ) +(?=(Z|[+-][\d:]+)$)/, '');
	if (!hasDay(text)) return DateTime.invalid('no day');
	const moment = DateTime.fromISO(text, { zone: timeZone, setZone: true });
	// In the hour that comes twice Luxon's choice depends on today's season; the first is what a clock shows first.
	return moment.getPossibleOffsets()[0] ?? moment;
}

/**
 * Reads fields and refuses bad values with a sentence that names the field as the operator sees it.
 * A reader without "optional" in its name insists on a value.
 */
export abstract class FieldReader {
	constructor(
		private readonly fields: Field[],
		protected readonly context: IExecuteFunctions,
		/** Zero-based position of the item among the node's input items. */
		readonly itemIndex: number,
	) {}

	protected abstract raw(name: string): unknown;

	private field(name: string): Field | undefined {
		return this.fields.find((candidate) => candidate.name === name);
	}

	/**
	 * Refuses a field's value.
	 *
	 * @param name the field's internal name
	 * @param what goes on after the field's label, such as "is not a date"
	 * @param howToFix one or more sentences for the operator
	 * @throws NodeOperationError always, with the item's index
	 */
	refuse(name: string, what: string, howToFix: string): never {
		const label = this.field(name)?.displayName ?? name;
		throw new NodeOperationError(this.context.getNode(), `"${label}" ${what} [Item ${this.itemIndex}]`, {
			description: howToFix,
			itemIndex: this.itemIndex,
		});
	}

	private insist<T>(name: string, value: T | undefined): T {
		return (
			value ?? this.refuse(name, 'is empty', 'Fill the field in, or map it from the item that comes in.')
		);
	}

	/** Text exactly as typed: nothing trimmed; numbers and booleans become text. Undefined where empty. */
	optionalText(name: string): string | undefined {
		const value = this.raw(name);
		if (isEmpty(value)) return undefined;
		if (typeof value === 'object') {
			return this.refuse(name, 'holds an object or a list', 'Map one text value into it.');
		}
		return String(value);
	}

	/** Text exactly as typed. */
	text(name: string): string {
		return this.insist(name, this.optionalText(name));
	}

	/** An id from a text field or a resource locator: always a string, trimmed. */
	optionalId(name: string): string | undefined {
		const value = this.raw(name);
		const id = isObject(value) && 'value' in value ? value.value : value;
		if (isEmpty(id)) return undefined;
		if (typeof id === 'object') return this.refuse(name, 'holds an object or a list', 'Map one ID into it.');
		if (typeof id === 'number' && !Number.isSafeInteger(id)) {
			return this.refuse(name, 'is a number too long to keep all its digits', 'Map the ID as text.');
		}
		return String(id).trim();
	}

	/** An id, required. */
	id(name: string): string {
		return this.insist(name, this.optionalId(name));
	}

	/** A number, from a number or from text that is one. */
	optionalNumber(
		name: string,
		{ min = -Infinity, max = Infinity, integer = false } = {},
	): number | undefined {
		const value = this.raw(name);
		if (isEmpty(value)) return undefined;
		const number = numberOf(value);
		if (number === undefined) {
			return this.refuse(name, 'is not a number', 'Use digits and a decimal point.');
		}
		if (integer && !Number.isInteger(number)) {
			return this.refuse(name, 'is not a whole number', 'Leave the decimals out.');
		}
		if (number < min || number > max) {
			return this.refuse(name, `is ${number}`, `Use a number ${bounds(min, max)}.`);
		}
		return number;
	}

	/** A number, required. */
	number(name: string, bounds?: { min?: number; max?: number; integer?: boolean }): number {
		return this.insist(name, this.optionalNumber(name, bounds));
	}

	/** A switch; the words true and false are taken too. */
	boolean(name: string): boolean {
		const value = this.raw(name);
		if (isEmpty(value)) return false;
		if (typeof value === 'boolean') return value;
		if (value === 'true' || value === 'false') return value === 'true';
		return this.refuse(name, 'is neither true nor false', 'Switch it on or off, or map a boolean.');
	}

	/**
	 * A moment as ISO 8601 with offset.
	 *
	 * @param timeZone IANA zone for values without an offset; the workflow's own unless given
	 */
	optionalDateTime(name: string, timeZone = this.context.getTimezone()): string | undefined {
		const value = this.raw(name);
		if (isEmpty(value)) return undefined;
		const moment = momentFrom(value, timeZone);
		return (
			momentText(moment) ??
			this.refuse(name, 'is not a date and time', 'Use a form like 2026-03-28T10:00:00+01:00.')
		);
	}

	/** A moment, required. */
	dateTime(name: string, timeZone?: string): string {
		return this.insist(name, this.optionalDateTime(name, timeZone));
	}

	/** An object, from an object or from JSON text. */
	optionalJson(name: string): IDataObject | undefined {
		const value = this.raw(name);
		if (isEmpty(value)) return undefined;
		const parsed = typeof value === 'string' ? this.parseJson(name, value) : value;
		return isObject(parsed)
			? parsed
			: this.refuse(name, 'is not a JSON object', 'Use a form like {"key": "value"}.');
	}

	private parseJson(name: string, text: string): unknown {
		try {
			return sound(JSON.parse(text));
		} catch (error) {
			return this.refuse(name, 'is not valid JSON', `Correct the text: ${(error as Error).message}.`);
		}
	}

	/** Texts, from a list or from comma-separated text; empty ones are left out. */
	list(name: string): string[] {
		const value = this.raw(name);
		const parts: unknown[] = Array.isArray(value) ? value : isText(value) ? value.split(',') : [value];
		if (parts.some((part) => typeof part === 'object' && part !== null)) {
			return this.refuse(name, 'holds objects', 'Map a list of texts, or text with commas.');
		}
		return parts.filter((part) => !isEmpty(part)).map((part) => String(part).trim());
	}

	/** A value as it stands, for readers that know what to do with it. */
	value(name: string): GenericValue {
		return this.raw(name) as GenericValue;
	}

	/** The fields of a collection; an absent one reads as empty. */
	collection(name: string): FieldReader {
		const value = this.raw(name);
		return new NestedInput(
			nestedFields(this.field(name)),
			this.context,
			this.itemIndex,
			isObject(value) ? value : {},
		);
	}

	/**
	 * The rows of a fixed collection.
	 *
	 * @param name the fixed collection
	 * @param group the name of its group of values
	 */
	rows(name: string, group: string): FieldReader[] {
		const value = this.raw(name);
		const rows = isObject(value) ? value[group] : undefined;
		const list = Array.isArray(rows) ? rows : isObject(rows) ? [rows] : [];
		return list
			.filter(isObject)
			.map((row) => new NestedInput(nestedFields(this.field(name)), this.context, this.itemIndex, row));
	}
}

class NestedInput extends FieldReader {
	constructor(
		fields: Field[],
		context: IExecuteFunctions,
		itemIndex: number,
		private readonly values: IDataObject,
	) {
		super(fields, context, itemIndex);
	}

	protected raw(name: string): unknown {
		return Object.hasOwn(this.values, name) ? this.values[name] : undefined;
	}
}

/** The fields of one input item's operation. */
export class ItemInput extends FieldReader {
	protected raw(name: string): unknown {
		const value = this.context.getNodeParameter(name, this.itemIndex, null);
		// n8n refuses to extract from a stored field that is not on the screen, so only locators are asked for it.
		return isResourceLocatorValue(value)
			? this.context.getNodeParameter(name, this.itemIndex, null, { extractValue: true })
			: value;
	}

	/** The item that came in: read it, never write to it. */
	get item(): Readonly<IDataObject> {
		return this.context.getInputData()[this.itemIndex]?.json ?? {};
	}
}
