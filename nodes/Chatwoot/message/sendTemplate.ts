import type { INodeProperties } from 'n8n-workflow';
import { operation } from '../../../lib/operations';
import { sendTemplate, type Connection } from '../api';
import { account, conversation, numericId, simplify } from '../fields';
import { output, toMessage } from '../shape';
import { templateFields, templateFrom } from './templateFields';

const shownText: INodeProperties = {
	displayName: 'Text for Agents',
	name: 'shownText',
	type: 'string',
	typeOptions: { rows: 3 },
	required: true,
	default: '',
	placeholder: 'e.g. Dear Jane, see you tomorrow at ten',
	description: 'What Chatwoot shows in the conversation: the template as the customer gets it',
};

/** Sends an approved WhatsApp template, which may go out at any time: POST /conversations/{id}/messages. */
export const sendFromTemplate = operation<Connection>({
	name: 'Send Template',
	value: 'sendTemplate',
	action: 'Send template message',
	description:
		"Send a WhatsApp template, the only thing WhatsApp takes later than 24 hours after the customer's last message",
	fields: [account, conversation, ...templateFields, shownText, simplify],
	run: async ({ api, input }) => {
		const sent = await sendTemplate(api.http, numericId(input, 'account'), numericId(input, 'conversation'), {
			text: input.text('shownText'),
			template: templateFrom(input),
		});
		return output(sent, input.boolean('simplify'), toMessage);
	},
});
