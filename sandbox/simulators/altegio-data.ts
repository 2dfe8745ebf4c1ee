import type { AltegioClient, AltegioLocation } from './altegio-state';

/** What the simulated Altegio accepts. */
export const CREDENTIALS = {
	baseUrl: 'https://api.alteg.io',
	partnerToken: 'sandbox-altegio-partner',
	userToken: 'sandbox-altegio-user',
};

/** The secret the sandbox's trigger shows; ours, Altegio knows it only as a part of an address. */
export const WEBHOOK_SECRET = 'sandbox-altegio-secret-0123456789abcdef';

/** The one location: a beauty salon. */
export const salon = (timeZone: string): AltegioLocation => ({
	id: 123456,
	title: 'Nova Studio',
	timezone_name: timeZone,
	address: 'ul. Prosta 1, Warszawa',
	staff: [
		{ id: 555, name: 'Anna Kowal', specialization: 'Hair' },
		{ id: 556, name: 'Oksana Melnyk', specialization: 'Hair and brows' },
		{ id: 557, name: 'Former Colleague', specialization: 'Hair', fired: 1 },
	],
	services: [
		{ id: 331, title: 'Haircut', price: 120, seconds: 3600, staff: { 555: 3600, 556: 5400 } },
		{ id: 332, title: 'Brows', price: 60, seconds: 1800, staff: { 556: 1800 } },
	],
});

/** Two who have been here before; one keeps an Instagram username in the e-mail, one in a custom field. */
export const regulars = (): AltegioClient[] => [
	{
		id: 1121412,
		name: 'Jane',
		surname: 'Example',
		phone: '12025550123',
		email: 'jane.example@gmail.com',
		comment: '',
		birth_date: '1990-05-17',
		categories: [],
		custom_fields: {},
		discount: 0,
	},
	{
		id: 1121413,
		name: 'Olha',
		surname: 'Приклад',
		phone: '380671234567',
		email: 'olha@example.com',
		comment: '',
		birth_date: '',
		categories: [{ id: 7, title: 'VIP' }],
		custom_fields: { instagram: '@olha.pryklad' },
		discount: 10,
	},
];
