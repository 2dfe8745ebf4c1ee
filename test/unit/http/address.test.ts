import type { INode } from 'n8n-workflow';
import { safeAddress } from '../../../lib/http';

const NODE = { name: 'Subject', type: 'test', typeVersion: 1 } as INode;
const FIELD = {
	provider: 'Acme',
	field: 'Base URL',
	secret: 'the API key',
	example: 'https://acme.example.com',
};

const refusalOf = (address: string, more: object = {}) => {
	try {
		safeAddress(NODE, address, { ...FIELD, ...more });
	} catch (error) {
		return error as Error & { description: string };
	}
	throw new Error(`${address} was taken`);
};

describe('the address of a credential', () => {
	it.each([
		'https://acme.example.com',
		'HTTPS://acme.example.com/api',
		'https://10.0.0.7:8443',
		'https://[::1]/v1',
	])('may be %s', (address) => expect(safeAddress(NODE, address, FIELD)).toBe(address));

	it.each([
		'http://acme.example.com',
		'http://localhost:3000',
		'http://127.0.0.1',
		'http://[::1]:3000',
		'http://10.0.0.7',
		'http://192.168.1.2/api',
		'http://169.254.169.254/latest/meta-data',
		'HTTP://metadata.internal',
	])('may be %s only where plain HTTP is allowed', (address) => {
		const { message, description } = refusalOf(address);
		expect(message).toBe('"Base URL" in the Acme credential cannot be used');
		expect(description).toBe(
			'It begins with http://, where the API key can be read on the way. Use https://, or switch on Allow Plain HTTP.',
		);
		expect(safeAddress(NODE, address, { ...FIELD, allowHttp: true })).toBe(address);
		expect(refusalOf(address, { mayAllow: false }).description).toMatch(/on the way\. Use https:\/\/\.$/);
	});

	it.each([
		...['', 'acme.example.com', '//acme.example.com', 'https://', 'https:// acme', 'ftp://acme.example.com'],
		...[
			'file:///etc/passwd',
			'javascript:alert(1)',
			'https://user:pass@acme.example.com',
			'http://user@acme',
		],
	])('is never "%s"', (address) => {
		for (const allowHttp of [false, true]) {
			expect(refusalOf(address, { allowHttp }).description).toBe(
				'Use a full address, such as https://acme.example.com.',
			);
		}
	});
});
