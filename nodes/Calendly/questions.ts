import type { INodeProperties } from 'n8n-workflow';
import type { FieldReader, ItemInput } from '../../lib/operations';
import type { Answer, CustomQuestion, EventType } from './types';

/** Answers to the event type's own questions. */
export const questions: INodeProperties = {
	displayName: 'Questions',
	name: 'questions',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true },
	placeholder: 'Add Answer',
	default: {},
	description: "Answers to the event type's questions, which must be written exactly as in Calendly",
	options: [
		{
			displayName: 'Answer',
			name: 'row',
			values: [
				{
					displayName: 'Question',
					name: 'question',
					type: 'string',
					default: '',
					placeholder: 'e.g. What is your company name?',
					description: 'The text of the question, in the same capitals',
				},
				{
					displayName: 'Answer',
					name: 'answer',
					type: 'string',
					default: '',
					placeholder: 'e.g. Acme Inc',
				},
			],
		},
	],
};

const asked = ({ custom_questions = [] }: EventType) => custom_questions.filter(({ enabled }) => enabled);

function rowsOf(more: FieldReader, type: EventType): Answer[] {
	const known = asked(type);
	return more.rows('questions', 'row').map((row) => {
		const question = row.text('question');
		const found = known.find(({ name }) => name === question);
		if (!found) {
			const names = known.map(({ name }) => `"${name}"`).join(', ');
			return more.refuse(
				'questions',
				`has a question that "${type.name}" does not ask: "${question}"`,
				known.length > 0 ? `It asks, letter by letter: ${names}.` : 'Leave it out: it asks none.',
			);
		}
		return { question, answer: row.text('answer'), position: found.position };
	});
}

/**
 * The answers of a new booking: those given one by one, the notes as the answer to the first open text question, and
 * the phone number as the answer to the first question for one. Calendly has no other place for notes.
 *
 * @param more the collection that holds *Questions*
 */
export function answersOf(
	input: ItemInput,
	more: FieldReader,
	type: EventType,
	phone: string | undefined,
): Answer[] {
	const answers = rowsOf(more, type);
	const open = asked(type).filter(({ name }) => !answers.some(({ question }) => question === name));
	const put = ({ name, position }: CustomQuestion, answer: string) =>
		answers.push({ question: name, answer, position });
	const notes = input.optionalText('notes');
	const forNotes = open.find((one) => one.type === 'text') ?? open.find((one) => one.type === 'string');
	const forPhone = open.find((one) => one.type === 'phone_number');
	if (notes && !forNotes) {
		input.refuse(
			'notes',
			`has no place in "${type.name}"`,
			'Calendly keeps notes as the answer to a question. Add a question with a text answer to the event type, or leave Notes empty.',
		);
	}
	if (notes && forNotes) put(forNotes, notes);
	if (phone && forPhone) put(forPhone, phone);
	return answers.sort((a, b) => a.position - b.position);
}
