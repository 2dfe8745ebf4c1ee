import { runInNewContext } from 'node:vm';
import { readFlow } from '../../../workflows/build/files';

interface Survey {
	status: string;
	rating: number | null;
	comment: string;
	wouldRecommend: boolean | null;
	receivedAt: string | null;
	answers: number;
}

interface Outcome {
	isAnswer: boolean;
	row?: Survey;
	reply?: string;
	alert?: string;
}

const code = String(
	readFlow('survey-answers').nodes.find(({ name }) => name === 'Understand the answer')?.parameters.jsCode,
);

const SENT: Survey & { sentAt: string; language: string; id: number } = {
	id: 1,
	status: 'SENT',
	rating: null,
	comment: '',
	wouldRecommend: null,
	receivedAt: null,
	answers: 0,
	sentAt: '2026-03-12T11:00:00.000Z',
	language: 'en',
};

/** Runs the flow's own code on a message, as its Code node does. */
function understand(
	message: { text?: string; payload?: string; at?: string },
	survey: Partial<typeof SENT> = {},
	settings: Record<string, string> = {},
): Outcome {
	const nodes: Record<string, object> = {
		'One message at a time': { item: { json: { message: { at: '2026-03-12T12:00:00.000Z', ...message } } } },
		'Gather settings': { first: () => ({ json: { settings } }) },
	};
	const scope = { $: (name: string) => nodes[name], $json: { ...SENT, ...survey } };
	const { json } = runInNewContext(`(() => {${code}\n})()`, scope) as { json: Outcome };
	return JSON.parse(JSON.stringify(json)) as Outcome;
}

const RATED = { status: 'RATED', rating: 4, answers: 1, receivedAt: '2026-03-12T11:30:00.000Z' };
const COMMENTED = { ...RATED, status: 'COMMENTED', comment: 'Nice', answers: 2 };

describe('a rating', () => {
	it.each<[string, number]>([
		['5', 5],
		[' 4 ', 4],
		['5!!!', 5],
		['5️⃣', 5],
		['４', 4],
		['4/5', 4],
		['8/10', 4],
		['10/10', 5],
		['4.5', 4.5],
		['4,5', 4.5],
		['4 out of 5', 4],
		['4 z 5', 4],
		['4 з 5', 4],
		['4 из 5', 4],
		['4 de 5', 4],
		['⭐⭐⭐⭐', 4],
		['★★★☆☆', 3],
		['★ 2', 2],
		['5 stars', 5],
		['5 gwiazdek', 5],
		['5 estrellas', 5],
		['5 зірок', 5],
		['5 звёзд', 5],
		['five', 5],
		['Pięć', 5],
		['piątka!', 5],
		['cinco estrellas', 5],
		["П'ять", 5],
		['п’ять', 5],
		['Пять', 5],
		['четыре балла', 4],
		['ставлю 5', 5],
		['Moja ocena: 4', 4],
		['I give it a 3', 3],
		['le doy un 4', 4],
	])('is read from "%s": %p', (text, rating) => {
		expect(understand({ text })).toMatchObject({
			row: { rating, status: 'RATED', comment: '' },
			reply: 'surveyAskComment',
		});
	});

	it.each<[string, number, string]>([
		['5, everything was great', 5, 'everything was great'],
		['5. Все супер, дякую!', 5, 'Все супер, дякую!'],
		['пять! Спасибо Оксане', 5, 'Спасибо Оксане'],
		['3 - the music was too loud', 3, 'the music was too loud'],
		['4/5 bo było głośno', 4, 'bo było głośno'],
		['2 stars, I waited for an hour', 2, 'I waited for an hour'],
	])('comes with a comment in "%s"', (text, rating, comment) => {
		expect(understand({ text })).toMatchObject({
			row: { rating, comment, status: 'COMMENTED' },
			reply: 'surveyAskRecommend',
		});
	});

	it.each([
		'One of the best salons',
		'один из лучших',
		'Can I come at 5?',
		'5 pm please',
		'Tomorrow 10:30',
		'о 5',
		'My number is 601 234 567',
		'7',
		'0',
		'2026',
		'It was wonderful',
		'Дуже сподобалось',
	])('is not read from "%s"', (text) => {
		expect(understand({ text }).row?.rating ?? null).toBeNull();
	});

	it('may go to 10, and comes from a tapped button', () => {
		expect(understand({ text: '9' }, {}, { surveyScale: '10' })).toMatchObject({ row: { rating: 9 } });
		expect(understand({ text: '4/5' }, {}, { surveyScale: '10' })).toMatchObject({ row: { rating: 8 } });
		expect(understand({ text: '★ 3', payload: 'survey:rating:3' })).toMatchObject({ row: { rating: 3 } });
	});

	it.each([
		['3', undefined, 'low:3'],
		['4', undefined, ''],
		['6', { surveyScale: '10', surveyLowRating: '6' }, 'low:6'],
		['7', { surveyScale: '10', surveyLowRating: '6' }, ''],
	])('of %s with the settings %p alerts "%s"', (text, settings, alert) => {
		expect(understand({ text }, {}, settings)).toMatchObject({ alert });
	});

	it('is corrected by a second number, but not by one that was written earlier', () => {
		expect(understand({ text: '2' }, RATED)).toMatchObject({
			row: { rating: 2, status: 'RATED' },
			reply: '',
			alert: 'low:2',
		});
		expect(understand({ text: '4' }, RATED)).toEqual({ isAnswer: false });
		expect(understand({ text: '2', at: '2026-03-12T11:20:00.000Z' }, RATED)).toEqual({ isAnswer: false });
	});
});

describe('what is no rating', () => {
	it('is kept as a comment and asked about once; then people are left to people', () => {
		const first = understand({ text: 'It was wonderful' });
		expect(first).toMatchObject({
			row: { status: 'SENT', comment: 'It was wonderful' },
			reply: 'surveyAskAgain',
		});
		expect(understand({ text: 'Do you work on Sunday?' }, first.row)).toEqual({ isAnswer: false });
		expect(understand({ text: '5' }, first.row)).toMatchObject({
			row: { rating: 5, comment: 'It was wonderful', status: 'COMMENTED' },
			reply: 'surveyAskRecommend',
		});
	});

	it.each(['', '👍', '??', ' '])('leaves "%s" alone', (text) => {
		expect(understand({ text })).toEqual({ isAnswer: false });
	});
});

describe('a comment', () => {
	it('is kept, and the recommendation asked for', () => {
		expect(understand({ text: 'Great cut!' }, RATED)).toMatchObject({
			row: { comment: 'Great cut!', status: 'COMMENTED', rating: 4 },
			reply: 'surveyAskRecommend',
			alert: '',
		});
	});

	it('to a low rating is told to the salon', () => {
		expect(understand({ text: 'It hurt' }, { ...RATED, rating: 1 })).toMatchObject({
			alert: 'low:comment:2',
		});
	});

	it.each([{ text: 'no' }, { text: 'ні' }, { text: 'Sin comentarios', payload: 'survey:comment:skip' }])(
		'is skipped with %p',
		(message) => {
			expect(understand(message, RATED)).toMatchObject({
				row: { comment: '', status: 'COMMENTED' },
				reply: 'surveyAskRecommend',
			});
		},
	);

	it('may come in parts', () => {
		expect(understand({ text: 'But the music was loud' }, COMMENTED)).toMatchObject({
			row: { comment: 'Nice\nBut the music was loud', status: 'COMMENTED' },
			reply: '',
		});
	});
});

describe('a recommendation', () => {
	it.each([
		'Yes',
		'yes of course',
		'Tak',
		'oczywiście!',
		'Sí',
		'si',
		'claro que sí',
		'Так',
		'звісно',
		'Да',
		'конечно, да',
		'👍',
	])('"%s" is yes', (text) => {
		expect(understand({ text }, COMMENTED)).toMatchObject({
			row: { wouldRecommend: true, status: 'DONE' },
			reply: 'surveyThanks',
		});
	});

	it.each(['No', 'not really', 'Nie', 'raczej nie', 'Ні', 'Нет', 'не рекомендую', '👎'])(
		'"%s" is no',
		(text) => {
			expect(understand({ text }, COMMENTED)).toMatchObject({
				row: { wouldRecommend: false, status: 'DONE' },
				reply: 'surveyThanks',
			});
		},
	);

	it.each(['не знаю', 'maybe later', 'no'])('"%s" in Polish or undecided is neither', (text) => {
		expect(understand({ text }, { ...COMMENTED, language: 'pl' }).row?.wouldRecommend ?? null).toBeNull();
	});
});

describe('"no thanks"', () => {
	it.each([
		'No thanks',
		'no, thank you',
		'Nie, dziękuję',
		'no, gracias',
		'Ні, дякую',
		'Нет, спасибо',
		'stop',
		'не хочу',
	])('"%s" ends it', (text) => {
		expect(understand({ text })).toMatchObject({
			row: { status: 'DECLINED', rating: null },
			reply: 'surveyDeclined',
		});
		expect(understand({ text }, COMMENTED)).toMatchObject({
			row: { status: 'DONE', rating: 4, wouldRecommend: null },
			reply: 'surveyThanks',
		});
	});
});

describe('a message', () => {
	it.each(['DONE', 'DECLINED', 'SKIPPED', 'FAILED'])('to a survey that is %s is no answer', (status) => {
		expect(understand({ text: '5' }, { status })).toEqual({ isAnswer: false });
	});

	it('from before the survey is no answer', () => {
		expect(understand({ text: '5', at: '2026-03-12T10:00:00.000Z' })).toEqual({ isAnswer: false });
	});
});
