import axios from 'axios';
import { BRANCH, openBranch, publishForBranch } from '../support/branch';
import { decoded, formUrl, openForm, type FormPage } from '../support/form';
import { restoreSettings, setSettings } from '../support/settings';
import { STAFF } from '../../sandbox/simulators/operator';
import { executionsOf, untilIdle } from '../support/executions';
import { eventually, theHouse } from '../support/house';
import { discard } from '../support/temporary';

interface SettingRow {
	tenant: string;
	key: string;
	value: string;
}

/** What a page's fields show: by setting, as a browser would send it back. */
type Shown = Record<string, string>;

/** Settings of flows that need not be installed for the form to show them, with good values. */
const GIVEN = {
	surveyEnabled: 'no',
	surveyHoursAfter: '24',
	surveyScale: '5',
	surveyLowRating: '3',
	surveyWithoutInstagram: 'skip',
	quietHoursStart: '21:00',
	quietHoursEnd: '08:00',
	reminderHoursBefore: '24',
	visitsPeriod: 'week',
	keepDaysMessages: '365',
	keepDaysErrors: '90',
	keepDaysEvents: '366',
	keepDaysDeliveries: '366',
	keepDaysSurveys: '1095',
	keepDaysLeads: '1095',
	chatTimesShown: '9',
	bookingContact: 'any',
	alertEmail: 'owner@nova.example',
	alertPhone: '',
	'text.formTest.en': 'Hello {name}, {rating} of 5',
	'text.formTest.pl': 'Cześć {name}, {rating} na 5',
};

/** One wrong value for each rule, by group and setting. */
const WRONG: Record<string, Shown> = {
	Business: { language: 'de', timeZone: 'Mars/Base', phoneCountry: 'Poland' },
	Bookings: { chatTimesShown: '12', bookingContact: 'fax', altegioLocation: 'Main Street' },
	Surveys: {
		surveyEnabled: 'perhaps',
		surveyHoursAfter: 'soon',
		surveyScale: '7',
		surveyWithoutInstagram: 'sms,fax',
	},
	'Reminders and quiet hours': { quietHoursStart: '25:00', quietHoursEnd: '8', reminderHoursBefore: '-1' },
	'Channels and alerts': {
		notifyChannels: 'sms,fax',
		healthProviders: 'booksy,google',
		alertEmail: 'owner',
		alertPhone: '601 000 001',
		alertLanguage: '-',
		sendgridFrom: 'a@b',
		sendgridTemplate: 'welcome',
		twilioFrom: '0048601000001',
		twilioMessagingServiceSid: 'MG1',
		chatwootAccountId: 'one',
		deliveryAttempts: '1,5',
	},
	Records: {
		visitsPeriod: 'year',
		mondayBoard: 'Leads',
		keepDaysMessages: '1.5',
		keepDaysErrors: 'never',
		keepDaysEvents: '61',
		keepDaysLeads: '-1',
	},
	'Texts to clients': { 'text.formTest.en': 'Hello {nmae}' },
};

/** What is typed along with it and is right. */
const GOOD: Record<string, Shown> = {
	Business: { businessName: 'Studio "Ż" <Nova>' },
	Surveys: { surveyLowRating: '2' },
	'Channels and alerts': { chatwootInboxId: '12' },
	Records: { keepDaysDeliveries: '62', keepDaysSurveys: '0' },
};

const keyIn = (label: string) => /\(([^()]+)\)$/.exec(label)?.[1] ?? label;

/** n8n 2.40 writes < and > as entities into the values of fields, and escapes those once more. */
const readable = (value: string) => value.replaceAll('&lt;', '<').replaceAll('&gt;', '>');

/** The values that stand in a page's fields, as a person understands them. */
function shownOn(page: FormPage): Shown {
	const { html } = page as unknown as { html: string };
	const valueOf = (id: string) => {
		const field = new RegExp(`<(textarea|select|input)[^>]*\\bid='${id}'([^>]*)>([\\s\\S]*?)(?:</|$)`).exec(
			html,
		);
		if (field?.[1] === 'textarea') return decoded(field[3]);
		if (field?.[1] === 'select') {
			const options = html.slice(field.index, html.indexOf('</select>', field.index));
			return decoded(/<option value='([^']*)' selected>/.exec(options)?.[1]);
		}
		return decoded(/value="([^"]*)"/.exec(field?.[2] ?? '')?.[1]);
	};
	return Object.fromEntries(page.fields.map(({ id, label }) => [keyIn(label), readable(valueOf(id))]));
}

/** Types over some fields and sends the page with all that stands in it, as a browser does. */
async function save(page: FormPage, typed: Shown): Promise<FormPage> {
	const all = { ...shownOn(page), ...typed };
	const labels = new Map(page.fields.map(({ label }) => [keyIn(label), label]));
	const values = Object.entries(all).map(([key, value]) => [labels.get(key) ?? key, value]);
	return await page.submit(Object.fromEntries(values) as Shown);
}

const open = async (group: string, { language = 'en', path = 'settings' } = {}) =>
	await (await openForm(path, STAFF)).submit({ 'Settings of': group, 'Texts in': language });

const stored = async (tenant = 'main') => {
	const rows = await theHouse().editor.rows<SettingRow>('frontdesk_settings');
	const own = rows.filter((row) => row.tenant === tenant);
	return Object.fromEntries(own.map(({ key, value }) => [key, value ?? '']));
};

describe('Change the settings in a form', () => {
	beforeEach(async () => {
		await untilIdle();
		await setSettings(GIVEN);
	});

	afterEach(restoreSettings);

	it('answers nobody without user and password', async () => {
		const runs = (await executionsOf('settings')).length;
		const asked = async (auth?: { username: string; password: string }) =>
			(await axios.get(formUrl('settings'), { auth, proxy: false, validateStatus: () => true })).status;
		const posted = await axios.post(formUrl('settings'), new FormData(), {
			proxy: false,
			validateStatus: () => true,
		});
		expect([
			await asked(),
			await asked({ username: STAFF.user, password: 'wrong' }),
			await asked({ username: STAFF.user, password: STAFF.password }),
			posted.status,
		]).toEqual([401, 401, 200, 401]);
		expect(await executionsOf('settings')).toHaveLength(runs);
	});

	it('shows each setting in one group, with what it means and its value', async () => {
		const first = await openForm('settings', STAFF);
		const groups = first.choices('Settings of').filter((group) => group !== 'Texts to clients');
		const pages = await Promise.all(groups.map(async (group) => await open(group)));
		const shown = Object.assign({}, ...pages.map(shownOn)) as Shown;
		const all = Object.entries(await stored()).filter(([key]) => !/^(text|subject)\./.test(key));
		expect(shown).toEqual(Object.fromEntries(all));
		expect(pages.flatMap(({ fields }) => fields)).toHaveLength(all.length);
		const labels = pages.flatMap(({ fields }) => fields.map(({ label }) => label));
		expect(labels).toContain('The language of alerts: en, pl, es, uk or ru (alertLanguage)');
	});

	it('shows the texts of one language', async () => {
		const page = await open('Texts to clients', { language: 'pl' });
		const all = Object.entries(await stored()).filter(([key]) => /^(text|subject)\..*\.pl$/.test(key));
		expect(shownOn(page)).toEqual(Object.fromEntries(all));
		expect(all.length).toBeGreaterThan(3);
	});

	it('saves what changed and says so; all else stays as it was', async () => {
		const before = await stored();
		await openBranch({});
		const typed = {
			notifyChannels: 'sms, email',
			alertPhone: '+48601000009',
			alertEmail: ' boss@nova.example ',
		};
		const last = await save(await open('Channels and alerts'), typed);
		expect(last.title).toBe('Saved');
		for (const value of ['sms, email', '+48601000009', 'boss@nova.example'])
			expect(last.text).toContain(value);
		expect(await stored()).toEqual({ ...before, ...typed, alertEmail: 'boss@nova.example' });
		expect(await stored(BRANCH)).toEqual(before);
	});

	it('switches by yes and no from a list, and says where nothing was changed', async () => {
		const page = await open('Surveys');
		expect(page.choices('surveyEnabled')).toEqual(['yes', 'no']);
		expect((await save(page, {})).title).toBe('Nothing was changed');
		const last = await save(await open('Surveys'), { surveyEnabled: 'yes', surveyHoursAfter: '48' });
		expect(last.title).toBe('Saved');
		expect(await stored()).toMatchObject({ surveyEnabled: 'yes', surveyHoursAfter: '48' });
	});

	it('takes the line ends of a browser for what they are', async () => {
		await setSettings({ 'text.formTest.en': 'Hello {name}\nSee you' });
		const page = await open('Texts to clients');
		const texts = Object.entries(shownOn(page)).map(([key, text]) => [key, text.replaceAll('\n', '\r\n')]);
		expect((await save(page, Object.fromEntries(texts) as Shown)).title).toBe('Nothing was changed');
	});

	it.each(Object.entries(WRONG))(
		'saves nothing of %s where a value is wrong, and shows what was typed',
		async (group, wrong) => {
			const before = await stored();
			const page = await save(await open(group), { ...wrong, ...GOOD[group] });
			expect(page.title).toBe(group);
			for (const [key, value] of Object.entries(wrong)) {
				expect(page.text).toMatch(
					new RegExp(`${key.replaceAll('.', '\\.')} (must|has|cannot)[^;]*; it was: `),
				);
				expect(page.text).toContain(`it was: ${value}`);
			}
			// A list shows nothing chosen where it does not have the value.
			const inFields = Object.entries(wrong).filter(([key]) => key !== 'surveyEnabled');
			expect(shownOn(page)).toMatchObject({ ...(Object.fromEntries(inFields) as Shown), ...GOOD[group] });
			expect(await stored()).toEqual(before);
		},
	);

	it('brings the page back as often as need be, and then saves all', async () => {
		const first = await save(await open('Surveys'), { surveyHoursAfter: 'soon', surveyScale: '10' });
		const second = await save(first, { surveyHoursAfter: 'later' });
		expect(second.text).toContain('it was: later');
		expect(second.text).not.toContain('it was: soon');
		expect(shownOn(second)).toMatchObject({ surveyHoursAfter: 'later', surveyScale: '10' });
		expect((await save(second, { surveyHoursAfter: '36' })).title).toBe('Saved');
		expect(await stored()).toMatchObject({ surveyHoursAfter: '36', surveyScale: '10' });
	});

	it('leaves an empty field as it is, and empties it by a dash', async () => {
		const before = await stored();
		expect((await save(await open('Channels and alerts'), { alertEmail: '' })).title).toBe(
			'Nothing was changed',
		);
		const last = await save(await open('Channels and alerts'), { alertEmail: '-' });
		expect(last.text).toContain('alertEmail: (empty)');
		expect(await stored()).toEqual({ ...before, alertEmail: '' });
	});

	it('takes a text as it is typed: nothing in it is evaluated or becomes part of the page', async () => {
		const text = '<b>"Hi"</b> {name} & {{ 1 + 1 }} $& $1 {rating} <script>alert(1)</script> Ż';
		const mistake = await save(await open('Texts to clients'), { 'text.formTest.en': `${text} {nobody}` });
		expect(shownOn(mistake)['text.formTest.en']).toBe(`${text} {nobody}`);
		expect((mistake as unknown as { html: string }).html).not.toContain('<script>alert(1)');
		expect((await save(mistake, { 'text.formTest.en': text })).title).toBe('Saved');
		expect((await stored())['text.formTest.en']).toBe(text);
		const entities = text.replaceAll('<', '&lt;').replaceAll('>', '&gt;');
		const untouched = await save(await open('Texts to clients'), { 'text.formTest.en': entities });
		expect(untouched.title).toBe('Nothing was changed');
	});

	it('serves a second business by a copy with its own path and tenant', async () => {
		const own = { alertEmail: 'branch@nova.example' };
		await openBranch(own);
		const before = await stored();
		const flow = await publishForBranch('settings');
		try {
			await eventually(async () => expect((await openForm('settings-branch', STAFF)).fields).toHaveLength(2));
			const page = await open('Channels and alerts', { path: 'settings-branch' });
			expect(shownOn(page)).toMatchObject(own);
			expect((await save(page, { alertEmail: 'new@nova.example' })).title).toBe('Saved');
			expect(await stored(BRANCH)).toMatchObject({ alertEmail: 'new@nova.example' });
			expect(await stored()).toEqual(before);
		} finally {
			await untilIdle();
			await discard(flow);
		}
	});
});
