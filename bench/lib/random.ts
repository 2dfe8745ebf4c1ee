/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
export function randomFrom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

const FIRST = ['Anna', 'Borys', 'Carmen', 'Dmytro', 'Elena', 'Filip', 'Galina', 'Hugo', 'Iryna', 'Jan'];
const LAST = ['Kowalska', 'Lis', 'Moreno', 'Novak', 'Olszewska', 'Petrenko', 'Ruiz', 'Sidorenko'];
const TOPICS = ['Kuchnia na wymiar', 'Consulta', 'Стрижка', 'Strzyżenie', 'Colour and cut'];

export interface Person {
	name: string;
	email: string;
	/** E.164. */
	phone: string;
	topic: string;
}

/**
 * People who are the same in every run, no two with the same address or number.
 *
 * @param seed another one gives other people
 */
export function people(count: number, seed: number): Person[] {
	const random = randomFrom(seed);
	const of = <T>(list: T[]) => list[Math.floor(random() * list.length)] as T;
	const base = (seed * 100_003) % 90_000_000;
	return Array.from({ length: count }, (_, index) => ({
		name: `${of(FIRST)} ${of(LAST)}`,
		email: `lead.${seed}.${index}@example.com`,
		phone: `+486${String(base + index).padStart(8, '0')}`,
		topic: of(TOPICS),
	}));
}
