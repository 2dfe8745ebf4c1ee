import { DateTime } from 'luxon';
import type { InstagramSimulator } from '../../sandbox/simulators/instagram';
import type { SentMail } from '../../sandbox/simulators/sendgrid';
import type { TwilioSimulator } from '../../sandbox/simulators/twilio';
import { callFlow } from '../support/callFlow';
import { restoreSettings, setSettings } from '../support/settings';
import { untilIdle } from '../support/executions';
import { eventually, simulated, theHouse } from '../support/house';

interface Survey {
	visitId: string;
	status: string;
	rating: number | null;
	comment: string | null;
	wouldRecommend: boolean | null;
	[column: string]: unknown;
}

interface Taken {
	eventKey: string;
	taken: boolean;
}

/** Milliseconds: a test plays several runs of several flows. */
const SLOW = 120_000;
const TABLES = ['frontdesk_surveys', 'frontdesk_deliveries', 'frontdesk_events'];
const ANNA = { igsid: '17841400000000123', username: 'anna.kowalska' };
const PHONE = '+48601234567';
const OURS = '+15005550006';
const INSTAGRAM_PATH = 'survey-answers-instagram/instagram';

const instagram = () => simulated<InstagramSimulator>('instagram');
const twilio = () => simulated<TwilioSimulator>('twilio');
const mails = () =>
	(
		theHouse()
			.world.simulators.find(({ name }) => name === 'sendgrid')
			?.state() as { outbox: SentMail[] }
	).outbox;
const sent = () =>
	instagram()
		.state()
		.messages.filter(({ incoming }) => !incoming);
const texts = () =>
	twilio()
		.state()
		.messages.filter(({ direction }) => direction !== 'inbound');

const hoursAgo = (hours: number) => DateTime.utc().minus({ hours }).toISO();

/** A survey as `visit-survey` leaves it. */
const survey = (more: object = {}) => ({
	tenant: 'main',
	visitId: '1',
	provider: 'altegio',
	clientId: '7',
	clientName: 'Anna',
	phone: PHONE,
	instagram: ANNA.username,
	instagramId: ANNA.igsid,
	channel: 'instagram',
	answerKey: `instagram:${ANNA.igsid}`,
	language: 'en',
	visitDate: hoursAgo(30),
	service: 'Haircut',
	staff: 'Oksana Melnyk',
	status: 'SENT',
	sentAt: hoursAgo(2),
	answers: 0,
	...more,
});
const surveys = async (...rows: object[]) => await theHouse().editor.insertRows('frontdesk_surveys', rows);
const kept = async () => await theHouse().editor.rows<Survey>('frontdesk_surveys');

/** Writes on Instagram, and waits until the flow has dealt with it. */
async function write(text: string, more: object = {}) {
	const delivery = instagram().write(ANNA.username, text, more as Record<string, unknown>);
	await settled();
	return delivery;
}

async function settled(): Promise<void> {
	await instagram().webhooks.settled();
	await untilIdle();
}

/** Passes messages on as another flow does, all of them in one call. */
const pass = async (...messages: Array<{ text: string; eventKey: string; at?: string }>) =>
	await callFlow<Taken>(
		'survey-answers',
		messages.map((message) => ({
			tenant: 'main',
			answerKey: `instagram:${ANNA.igsid}`,
			payload: '',
			at: DateTime.utc().toISO(),
			...message,
		})),
	);

describe('Take answers to surveys', () => {
	beforeEach(async () => {
		const { world, editor } = theHouse();
		await theHouse().untilListening(INSTAGRAM_PATH);
		await settled();
		world.reset();
		await editor.clearTables(...TABLES);
		await setSettings({
			businessName: 'Nova Studio',
			alertEmail: 'owner@nova.example',
			alertPhone: '',
			alertLanguage: 'en',
			twilioFrom: OURS,
		});
		// What the trigger subscribed when the flow was switched on went with the reset.
		const { webhooks } = instagram();
		webhooks.callbackUrl = theHouse().publicWebhook(INSTAGRAM_PATH);
		webhooks.fields = ['messages', 'messaging_postbacks'];
	});

	afterEach(restoreSettings);

	it(
		'takes rating, comment and recommendation over several messages and thanks the client',
		async () => {
			await surveys(survey());
			await write('5 ⭐');
			expect(await kept()).toMatchObject([{ status: 'RATED', rating: 5 }]);
			await write('Oksana is wonderful!');
			expect(await kept()).toMatchObject([{ status: 'COMMENTED', comment: 'Oksana is wonderful!' }]);
			await write('Yes', { quick_reply: { payload: 'survey:recommend:yes' } });
			expect(await kept()).toMatchObject([
				{
					visitId: '1',
					clientId: '7',
					clientName: 'Anna',
					instagram: ANNA.username,
					service: 'Haircut',
					staff: 'Oksana Melnyk',
					status: 'DONE',
					rating: 5,
					comment: 'Oksana is wonderful!',
					wouldRecommend: true,
				},
			]);
			const [row] = await kept();
			expect(Date.parse(String(row?.receivedAt))).toBeGreaterThan(Date.parse(String(row?.sentAt)));
			expect(sent().map(({ text }) => text)).toEqual([
				expect.stringContaining('anything you would like to tell us'),
				expect.stringContaining('Would you recommend us'),
				'Thank you for your answers, Anna! See you soon at Nova Studio.',
			]);
			expect(sent().map(({ quickReplies }) => quickReplies)).toEqual([
				['No comment'],
				['Yes', 'No'],
				undefined,
			]);
			expect(mails()).toEqual([]);
		},
		SLOW,
	);

	it.each([
		[
			'pl',
			'pięć, dziękuję bardzo',
			'Czy polecisz nas znajomym?',
			['Tak', 'Nie'],
			'tak',
			'Dziękujemy za odpowiedzi',
		],
		[
			'es',
			'5 - me encanta el corte',
			'¿Nos recomendarías',
			['Sí', 'No'],
			'claro que sí',
			'Gracias por tus respuestas',
		],
		['uk', '5, дуже гарно', 'Чи порадили б ви', ['Так', 'Ні'], 'звісно', 'Дякуємо за відповіді'],
		['ru', '5. Очень понравилось', 'Порекомендовали бы вы', ['Да', 'Нет'], 'конечно', 'Спасибо за ответы'],
	])(
		'speaks %s',
		async (language, answer, question, buttons, yes, thanks) => {
			await surveys(survey({ language }));
			await write(answer);
			expect(sent()).toMatchObject([
				{ text: expect.stringContaining(question) as string, quickReplies: buttons },
			]);
			await write(yes);
			expect(sent()[1]?.text).toContain(thanks);
			expect(await kept()).toMatchObject([{ status: 'DONE', rating: 5, wouldRecommend: true }]);
		},
		SLOW,
	);

	it(
		'tells the salon of a low rating and of the comment that follows',
		async () => {
			await surveys(survey());
			await write('2');
			expect(mails()).toMatchObject([
				{ to: [{ email: 'owner@nova.example' }], subject: 'Anna rated a visit 2 of 5' },
			]);
			expect(mails()[0]?.text).toMatch(/Haircut.*Oksana Melnyk/s);
			await write('I had to wait for an hour');
			expect(mails()).toHaveLength(2);
			expect(mails()[1]?.text).toContain('I had to wait for an hour');
			await write('no');
			expect(mails()).toHaveLength(2);
			expect(await kept()).toMatchObject([{ status: 'DONE', rating: 2, wouldRecommend: false }]);
		},
		SLOW,
	);

	it.each([
		['without a survey', []],
		['whose survey is done', [survey({ status: 'DONE', rating: 5 })]],
		['whose survey was skipped', [survey({ status: 'SKIPPED' })]],
		['whose survey was a week ago', [survey({ sentAt: hoursAgo(7 * 24 + 1) })]],
		['who answers another branch', [survey({ tenant: 'branch' })]],
		['who is somebody else', [survey({ answerKey: 'instagram:17841400000000124' })]],
	])(
		'leaves people alone %s',
		async (_, rows) => {
			await surveys(...rows);
			const before = await kept();
			await write('5, great');
			expect(await kept()).toEqual(before);
			expect(sent()).toEqual([]);
			expect(await theHouse().editor.rows('frontdesk_events')).toEqual([]);
		},
		SLOW,
	);

	it(
		'ends with "no thanks"',
		async () => {
			await surveys(survey());
			await write('No, thank you');
			await write('5');
			expect(await kept()).toMatchObject([{ status: 'DECLINED', rating: null }]);
			expect(sent()).toHaveLength(1);
		},
		SLOW,
	);

	it(
		'does nothing twice: a repeated call, the same event passed on by another flow',
		async () => {
			await surveys(survey());
			const delivery = await write('4');
			if (delivery) instagram().webhooks.again(delivery);
			await settled();
			const message = { text: 'Lovely place', eventKey: 'instagram:1' };
			expect(await pass(message)).toEqual([{ eventKey: 'instagram:1', taken: true }]);
			expect(await pass(message)).toEqual([{ eventKey: 'instagram:1', taken: false }]);
			expect(await kept()).toMatchObject([
				{ status: 'COMMENTED', rating: 4, comment: 'Lovely place', answers: 2 },
			]);
			expect(sent()).toHaveLength(2);
		},
		SLOW,
	);

	it(
		'takes several messages of one call one after another',
		async () => {
			await surveys(survey());
			instagram().webhooks.together(() => {
				instagram().write(ANNA.username, '3');
				instagram().write(ANNA.username, 'The music was too loud');
				instagram().write(ANNA.username, 'no');
			});
			await settled();
			expect(await kept()).toMatchObject([
				{ status: 'DONE', rating: 3, comment: 'The music was too loud', wouldRecommend: false, answers: 3 },
			]);
		},
		SLOW,
	);

	it(
		'loses nothing when messages come at once or in the wrong order',
		async () => {
			await surveys(survey());
			await Promise.all([
				pass({ text: 'Such a nice place', eventKey: 'b' }),
				pass({ text: '5', eventKey: 'a' }),
			]);
			expect(await kept()).toMatchObject([
				{ status: 'COMMENTED', rating: 5, comment: 'Such a nice place', answers: 2 },
			]);
			expect(await pass({ text: '1', eventKey: 'old', at: String(hoursAgo(3)) })).toMatchObject([
				{ taken: false },
			]);
			expect(await kept()).toMatchObject([{ rating: 5 }]);
		},
		SLOW,
	);

	it(
		'reads answers by SMS and replies there',
		async () => {
			twilio().configure(OURS, theHouse().publicWebhook('survey-answers-twilio/twilio'));
			await surveys(survey({ channel: 'sms', answerKey: `phone:${PHONE}`, instagramId: '' }));
			twilio().receive(PHONE, OURS, '4, bardzo dobrze');
			await twilio().settled();
			await eventually(() => expect(texts()).toHaveLength(1));
			expect(texts()).toMatchObject([
				{ to: PHONE, body: expect.stringContaining('Would you recommend us') as string },
			]);
			expect(await kept()).toMatchObject([{ status: 'COMMENTED', rating: 4, comment: 'bardzo dobrze' }]);
			expect(sent()).toEqual([]);
		},
		SLOW,
	);

	it(
		'keeps the answer where Instagram refuses the reply',
		async () => {
			await surveys(survey());
			const refusal = {
				status: 400,
				body: { error: { message: 'Blocked', type: 'OAuthException', code: 100, error_subcode: 2534029 } },
			};
			theHouse().world.misbehave('instagram', { kind: 'answer', response: refusal });
			await write('5');
			expect(await kept()).toMatchObject([{ status: 'RATED', rating: 5 }]);
			expect(await theHouse().editor.rows('frontdesk_deliveries')).toMatchObject([
				{
					template: 'surveyAskComment',
					status: 'failed',
					lastError: expect.stringContaining('blocked') as string,
				},
			]);
		},
		SLOW,
	);
});
