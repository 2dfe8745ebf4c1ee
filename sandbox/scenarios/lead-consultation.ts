import { say } from '../src/chat';
import { countedSince, itemsOf, mailsTo, textsTo } from '../src/outbox';
import { LEAD_WEBHOOK, sampleLead } from '../src/sample';
import { hasRow, quote, untilArrived, type Scenario } from '../src/scenario';

/** A visitor of the Chatfuel bot asks for a consultant. */
export const scenario: Scenario = {
	title: 'Contact a consultant',
	play: async (house) => {
		const since = new Date();
		const { name = '', email = '', phone = '', topic, ...more } = sampleLead();
		const digits = phone.replace(/\D/g, '');
		await house.untilListening(LEAD_WEBHOOK);
		const { shown } = await say(house, LEAD_WEBHOOK, { name, email, phone, topic, ...more });
		return await untilArrived(house, async () => [
			{
				where: 'Chatfuel',
				what: `answer ${quote(shown[0])}`,
				arrived: Boolean(shown[0]?.includes(name)),
			},
			{
				where: 'n8n',
				what: 'lead NEW',
				arrived: await hasRow(house, 'leads', { leadKey: `phone:+${digits}`, name, email, status: 'NEW' }),
			},
			{
				where: 'monday.com',
				what: `item "${name}" with e-mail, phone and topic`,
				// monday.com shows a phone number's digits alone.
				arrived:
					itemsOf(house, email).length === 1 &&
					itemsOf(house, email).every(
						({ name: shownName, columns }) =>
							shownName === name && columns.Telefon?.includes(digits) && columns.Temat === topic,
					),
			},
			{
				where: 'GA4',
				what: 'event generate_lead',
				arrived: countedSince(house, since, 'generate_lead') === 1,
			},
			{ where: 'SendGrid', what: `e-mail to ${email}`, arrived: mailsTo(house, email).length === 1 },
			{ where: 'Twilio', what: `SMS to +${digits}`, arrived: textsTo(house, `+${digits}`).length === 1 },
		]);
	},
};
