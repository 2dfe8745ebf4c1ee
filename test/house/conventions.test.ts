import type { INodeProperties } from 'n8n-workflow';
import { nodeConventions as conventions } from './conventions';
import { clashes, walk } from './properties';

const field = (more: Partial<INodeProperties>): INodeProperties => ({
	displayName: 'Note',
	name: 'note',
	type: 'string',
	default: '',
	...more,
});
const choices = (...names: string[]) => names.map((name) => ({ name, value: name }));
const number = { type: 'number', default: 1, description: 'How many' } as const;

describe('conventions', () => {
	it.each<[string, Partial<INodeProperties>]>([
		['labels in Title Case', { displayName: 'Time of day' }],
		['descriptions that explain', { ...number, description: undefined }],
		['descriptions that explain', { description: 'One sentence.' }],
		['descriptions that explain', { description: 'Two sentences. No period' }],
		['descriptions that explain', { description: 'note' }],
		['descriptions that explain', { type: 'boolean', default: true, description: 'If it is sent' }],
		['placeholders that are examples', { placeholder: 'anna@example.com' }],
		['placeholders that are examples', { type: 'collection', default: {}, placeholder: 'Field' }],
		['valid defaults', { ...number, default: '1' }],
		['valid defaults', { type: 'options', options: choices('a'), default: 'b' }],
		['valid defaults', { type: 'resourceLocator', default: '' }],
		['sorted options', { type: 'options', options: choices('b', 'a', 'c', 'd', 'e') }],
		['options without doubles', { type: 'options', options: choices('a', 'a') }],
		['resource locators with a list and a typed value', { type: 'resourceLocator', modes: [] }],
		['resource locators for single items', { displayName: 'Item ID', name: 'itemId', required: true }],
		["n8n's standard wording", { ...number, displayName: 'Limit', name: 'limit' }],
		['secrets hidden', { name: 'apiToken' }],
	])('misses %s in %j', (name, more) => {
		expect(conventions[name]?.(field(more))).toEqual(expect.any(String));
	});

	it.each<Partial<INodeProperties>>([
		{},
		{ displayName: 'Time of Day', description: 'One sentence', placeholder: 'e.g. 10:00' },
		{ description: 'Such as one, e.g. this' },
		{ description: 'First sentence. Second one.' },
		{ type: 'options', options: choices('b', 'a'), default: 'a' },
	])('finds nothing in %j', (more) => {
		for (const check of Object.values(conventions)) expect(check(field(more))).toBeFalsy();
	});
});

describe('walking properties', () => {
	const shown = (show: Record<string, string[]>) => field({ displayOptions: { show } });

	it('reaches into collections and groups', () => {
		const group = { displayName: 'Group', name: 'group', values: [field({ displayName: 'Inner' })] };
		const outer = field({ displayName: 'Outer', type: 'fixedCollection', default: {}, options: [group] });
		const list = field({ displayName: 'List', type: 'collection', default: {}, options: [outer] });
		expect(walk([list]).map(({ at }) => at)).toEqual(['List', 'List > Outer', 'List > Outer > Inner']);
	});

	it('sees two fields of one name only where both are on the screen', () => {
		const create = shown({ operation: ['create'] });
		expect(clashes([create, shown({ operation: ['update'] })])).toEqual([]);
		expect(clashes([create, shown({ operation: ['create', 'update'] })])).toHaveLength(1);
		expect(clashes([create, shown({ resource: ['lead'] })])).toHaveLength(1);
		expect(clashes([create, field({ displayOptions: { hide: { operation: ['create'] } } })])).toEqual([]);
		expect(clashes([field({ type: 'collection', default: {}, options: [create, create] })])).toHaveLength(1);
	});
});
