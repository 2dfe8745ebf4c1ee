import { NodeOperationError, type IExecuteFunctions, type ILoadOptionsFunctions } from 'n8n-workflow';
import { DEFAULT_LIMITS, HttpClient, limitsFrom, safeAddress, type RetryLimits } from '../../lib/http';
import { isPhoneCountry } from '../../lib/phone';
import { isTimeZone } from '../../lib/time';
import { readerFor, type Way } from './answers';
import type { Diary } from './diary';
import { gatewayDiary } from './gateway/diary';
import { partnerDiary } from './partner/diary';

/** The version this node is written for: 0.3 is the latest the archived reference lists (2022-07-06). */
const ACCEPT = 'application/json; version=0.3';

/** Another business than the credential's own; empty parts are the credential's. */
export interface Location {
	businessId?: string;
	/** IANA zone. */
	timeZone?: string;
}

/** A run's connection: opens diaries, each once, so that services and staff are read once. */
export interface Booksy {
	open(location?: Location): Diary;
}

interface Credential {
	way: Way;
	country?: string;
	businessId?: string;
	partnerBaseUrl?: string;
	baseUrl?: string;
	allowHttp?: boolean;
	timeZone?: string;
}

type Context = IExecuteFunctions | ILoadOptionsFunctions;

const withoutSlash = (url = '') => url.trim().replace(/\/+$/, '');

function refuse(context: Context, what: string, description: string): never {
	throw new NodeOperationError(context.getNode(), what, { description });
}

function baseUrlOf(
	context: Context,
	{ way, country = '', partnerBaseUrl, baseUrl, allowHttp }: Credential,
): string {
	const checked = (address: string) =>
		safeAddress(context.getNode(), address, {
			provider: 'Booksy',
			field: 'Base URL',
			secret: way === 'apiKey' ? 'the API key' : 'the access token',
			allowHttp,
			example: 'https://gateway.example.com/api/v1',
		});
	if (way === 'apiKey') {
		const address = withoutSlash(baseUrl);
		if (address) return checked(address);
		refuse(context, 'The Booksy credential has no Base URL', 'Enter the address of your gateway there.');
	}
	const code = country.trim().toLowerCase();
	if (!/^[a-z]{2}$/.test(code)) {
		return refuse(
			context,
			`The Booksy credential has "${country}" for a country`,
			'Use the two letters before .booksy.com in the address of the business, such as pl.',
		);
	}
	return checked(withoutSlash(partnerBaseUrl) || `https://${code}.booksy.com/public-api/${code}`);
}

function phoneCountry(country = ''): string | undefined {
	const code = country.trim().toUpperCase();
	return isPhoneCountry(code) ? code : undefined;
}

async function connection(context: Context, limits: RetryLimits): Promise<Booksy> {
	const credential = await context.getCredentials<Credential>('booksyApi');
	const { way, country } = credential;
	const http = new HttpClient(context, {
		provider: 'Booksy',
		credential: 'booksyApi',
		baseUrl: baseUrlOf(context, credential),
		headers: { Accept: way === 'partner' ? ACCEPT : 'application/json' },
		limits,
		read: readerFor(way),
	});
	const diaries = new Map<string, Diary>();
	const make = (businessId: string | undefined, timeZone: string): Diary => {
		const place = { http, timeZone, country: phoneCountry(country) };
		if (way === 'apiKey') return gatewayDiary(place);
		const id =
			businessId ?? refuse(context, 'No business is chosen', 'Enter Business ID in the Booksy credential.');
		return partnerDiary({ ...place, businessId: id });
	};
	const open = ({ businessId, timeZone }: Location = {}): Diary => {
		const id = businessId?.trim() || credential.businessId?.trim() || undefined;
		const zone = timeZone?.trim() || credential.timeZone?.trim() || '';
		if (!isTimeZone(zone)) {
			refuse(context, `"${zone}" is no time zone`, 'Use an IANA name, such as Europe/Warsaw.');
		}
		const key = JSON.stringify([id, zone]);
		const diary = diaries.get(key) ?? make(id, zone);
		diaries.set(key, diary);
		return diary;
	};
	return { open };
}

/** Connects an execution, once for the run, with the limits of *Request Options*. */
export const connect = async (context: IExecuteFunctions): Promise<Booksy> =>
	await connection(context, limitsFrom(context));

/** Connects the editor's lists, with the usual limits. */
export const connectEditor = async (context: ILoadOptionsFunctions): Promise<Booksy> =>
	await connection(context, DEFAULT_LIMITS);
