import { messagesOf, problemOf } from '../../../sandbox/console/channels/replies';
import { faultsOf, type Turn } from '../../../sandbox/simulators/chatfuelCaller';

const turn = (reply: unknown, more: Partial<Turn> = {}): Turn => ({
	status: 200,
	reply,
	shown: [],
	set: {},
	redirects: [],
	faults: faultsOf(reply),
	milliseconds: 12,
	...more,
});

describe('what the customer sees of a reply', () => {
	it('shows texts, and quick replies with what a tap sets and where it leads', () => {
		const reply = {
			messages: [
				{ text: 'Hello' },
				{
					text: 'When?',
					quick_replies: [
						{ title: '10:00', set_attributes: { 'booking start': 'x' }, block_names: ['book'] },
						{ title: 'Later' },
					],
				},
			],
		};
		expect(messagesOf(turn(reply))).toEqual([
			{ text: 'Hello', choices: [] },
			{
				text: 'When?',
				choices: [
					{ title: '10:00', set: { 'booking start': 'x' }, blocks: ['book'] },
					{ title: 'Later', set: {}, blocks: [] },
				],
			},
		]);
	});

	it('shows buttons, links and cards of templates', () => {
		const button = { type: 'web_url', title: 'Open', url: 'https://example.com' };
		const template = (payload: object) => ({ messages: [{ attachment: { type: 'template', payload } }] });
		const open = { title: 'Open', url: 'https://example.com', set: {}, blocks: [] };
		expect(messagesOf(turn(template({ template_type: 'button', text: 'Read', buttons: [button] })))).toEqual([
			{ text: 'Read', choices: [open] },
		]);
		const elements = [{ title: 'A card', subtitle: 'with more', buttons: [button] }];
		expect(messagesOf(turn(template({ template_type: 'generic', elements })))).toEqual([
			{ text: 'A card\nwith more', choices: [open] },
		]);
	});

	it('shows nothing of a reply that Chatfuel cannot read, and says why', () => {
		const wrong = turn({ messages: [{ text: 'Hello' }], surprise: true });
		expect(messagesOf(wrong)).toEqual([]);
		expect(problemOf(wrong)).toContain('surprise');
	});

	it('says that a flow failed, or was too slow', () => {
		expect(problemOf(turn(undefined, { status: 500 }))).toContain('500');
		expect(problemOf(turn(undefined, { status: undefined }))).toContain('10 seconds');
		expect(problemOf(turn({ messages: [] }))).toBeUndefined();
	});
});
