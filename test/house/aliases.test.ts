import { readFileSync } from 'node:fs';
import path from 'node:path';
import { nodes } from './registry';

/** Words people type into the node search, by their language; where two languages share a word it counts for both. */
const WORDS: Record<string, RegExp> = {
	English:
		/^(appointment|booking|chat|chatbot|conversion|conversation|dedupe|direct message|lead|sms|whatsapp)$/i,
	Polish:
		/^(wizyta|spotkanie|czat|odpowiedź|zgłoszenie|rozmowa|zdarzenie|wiadomość.*|tablica|numer telefonu)$/i,
	Ukrainian:
		/^(запис|зустріч|вільний час|відповідь|лід|розмова|подія|повідомлення|вхідне повідомлення|дошка|номер телефону)$/i,
	Russian:
		/^(запись|встреча|свободное время|ответ|лид|разговор|событие|сообщение|входящее сообщение|доска|номер телефона)$/i,
	Spanish:
		/^(cita|reunión|respuesta|cliente potencial|conversación|evento|mensaje.*|tablero|número de teléfono)$/i,
};

const aliasesOf = (folder: string, name: string) =>
	(JSON.parse(readFileSync(path.join(folder, `${name}.node.json`), 'utf8')) as { alias: string[] }).alias;

describe.each(nodes)('the node search finds $name', ({ folder, name }) => {
	it.each(Object.entries(WORDS))('by a word in %s', (_, words) => {
		expect(aliasesOf(folder, name).filter((alias) => words.test(alias))).not.toEqual([]);
	});

	it('by each word once', () => {
		const aliases = aliasesOf(folder, name).map((alias) => alias.toLowerCase());
		expect(aliases).toEqual([...new Set(aliases)]);
	});
});
