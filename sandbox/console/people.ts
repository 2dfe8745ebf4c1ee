import type { Customer } from './model';
import { LANGUAGES } from './model';

const NAMES = [
	'Anna Kowalska',
	'Piotr Nowak',
	'Olena Shevchenko',
	'Lucía Romero',
	'Ivan Petrov',
	'Jane Miller',
];
const PHONE = /^\+[1-9]\d{6,14}$/;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Somebody who was never here before. */
export function stranger(random = Math.random): Customer {
	const name = NAMES[Math.floor(random() * NAMES.length)] ?? 'Anna Kowalska';
	const digits = String(Math.floor(random() * 1_000_000)).padStart(6, '0');
	const [first = ''] = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().split(' ');
	return { name, phone: `+48601${digits}`, email: `${first}.${digits}@example.com`, language: 'en' };
}

/**
 * Checks what the operator typed about the customer.
 *
 * @throws Error that says what is wrong
 */
export function checkedCustomer({ name, phone, email, language }: Customer): Customer {
	const number = phone.replace(/[\s()-]/g, '');
	if (!name.trim()) throw new Error('The customer needs a name');
	if (!PHONE.test(number)) throw new Error('Write the phone number with its country, such as +48601234567');
	if (!EMAIL.test(email)) throw new Error('Write an e-mail address such as anna@example.com');
	if (!Object.hasOwn(LANGUAGES, language)) throw new Error(`There are no texts in "${language}"`);
	return { name: name.trim(), phone: number, email: email.trim(), language };
}
