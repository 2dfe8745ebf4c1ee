import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ICredentialType, INodeProperties, INodeType, INodeTypeDescription } from 'n8n-workflow';
import { conventions, endsRightly, isTitleCase, nodeConventions } from './conventions';
import { clashes, isChoice, walk } from './properties';
import { credentials, manifest, nodes } from './registry';

const breaches = (properties: INodeProperties[], check: (typeof conventions)[string]) =>
	walk(properties).flatMap(({ at, property }) => {
		const breach = check(property);
		return breach ? [`${at}: ${breach}`] : [];
	});

/** Both drawings exist, and differ. */
function expectTwoDrawings(icon: ICredentialType['icon'], folder: string): void {
	if (typeof icon !== 'object') throw new Error('The icon has a light and a dark drawing');
	const [light, dark] = [icon.light, icon.dark].map((file) =>
		readFileSync(path.join(folder, file.replace(/^file:/, '')), 'utf8'),
	);
	expect(light).toContain('<svg');
	expect(dark).toContain('<svg');
	expect(light).not.toBe(dark);
}

const named = (properties: INodeProperties[], name: string) =>
	properties.filter((property) => property.name === name);

const operationsOf = ({ properties }: INodeTypeDescription) =>
	named(properties, 'operation').flatMap(({ options = [] }) => options.filter(isChoice));

/** The methods that properties ask for, as `kind.name`. */
const methodsAskedFor = (properties: INodeProperties[]) =>
	walk(properties).flatMap(({ property: { typeOptions, modes = [] } }) => [
		...(typeOptions?.loadOptionsMethod ? [`loadOptions.${typeOptions.loadOptionsMethod}`] : []),
		...(typeOptions?.resourceMapper?.resourceMapperMethod
			? [`resourceMapping.${typeOptions.resourceMapper.resourceMapperMethod}`]
			: []),
		...modes.flatMap(({ typeOptions: options }) =>
			options?.searchListMethod ? [`listSearch.${options.searchListMethod}`] : [],
		),
	]);

/** The functions that test a credential, where its own test request cannot. */
const testsAskedFor = ({ credentials: uses = [] }: INodeTypeDescription) =>
	uses.flatMap(({ testedBy }) => (typeof testedBy === 'string' ? [`credentialTest.${testedBy}`] : []));

const methodsOf = ({ methods = {} }: INodeType) =>
	Object.entries(methods).flatMap(([kind, functions]) =>
		Object.keys(functions as object).map((name) => `${kind}.${name}`),
	);

describe('registration', () => {
	it('names every node and credential there is in package.json', () => {
		const { n8n } = manifest();
		expect([...n8n.nodes].sort()).toEqual(nodes.map(({ built }) => built).sort());
		expect([...n8n.credentials].sort()).toEqual(credentials.map(({ built }) => built).sort());
	});
});

describe.each(nodes)('node $name', ({ name, folder, type }) => {
	const { description } = type;
	const isTrigger = description.group.includes('trigger');

	it.each(Object.entries(nodeConventions))('has %s', (_, check) => {
		expect(breaches(description.properties, check)).toEqual([]);
	});

	it('is named after its class', () => {
		expect(description.name).toBe(name.charAt(0).toLowerCase() + name.slice(1));
		expect(isTitleCase(description.displayName)).toBe(true);
		expect(description.defaults.name).toBe(description.displayName);
		expect(description.name.endsWith('Trigger')).toBe(isTrigger);
		expect(description.displayName.endsWith(' Trigger')).toBe(isTrigger);
	});

	it('is a tool for agents if it is an action', () => {
		expect(Boolean(description.usableAsTool)).toBe(!isTrigger);
		expect(description.inputs).toEqual(isTrigger ? [] : ['main']);
		expect(description.outputs).toEqual(['main']);
	});

	it('says what it does on the canvas and in the panel', () => {
		expect(description.subtitle).toMatch(/\S/);
		expect(description.description).toMatch(/^\p{Lu}.*[^.]$/u);
	});

	it('has a light and a dark icon', () => {
		expectTwoDrawings(description.icon as ICredentialType['icon'], folder);
	});

	it('has a codex that names it and helps to find it', () => {
		const file = path.join(folder, `${name}.node.json`);
		expect(existsSync(file)).toBe(true);
		const codex = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown[]>;
		expect(codex).toMatchObject({
			node: `${manifest().name}.${description.name}`,
			nodeVersion: '1.0',
			codexVersion: '1.0',
			resources: expect.anything(),
		});
		expect(codex.categories?.length).toBeGreaterThan(0);
		expect(codex.alias?.length).toBeGreaterThan(0);
	});

	it('uses credentials of this package alone', () => {
		const own = credentials.map(({ type: { name: credential } }) => credential);
		for (const { name: credential } of description.credentials ?? []) expect(own).toContain(credential);
	});

	it('tells every operation by a name, a sentence for the panel and a description', () => {
		const operations = operationsOf(description);
		if (!isTrigger) expect(operations.length).toBeGreaterThan(0);
		for (const { name: label, action = '', description: text = '' } of operations) {
			expect(isTitleCase(label)).toBe(true);
			expect(action).toMatch(/^\p{Lu}/u);
			expect(action).not.toMatch(/\b(a|an|the)\b|\.$/);
			expect(text).toMatch(/^\p{Lu}/u);
			expect(endsRightly(text)).toBe(true);
			expect(text).not.toBe(label);
		}
	});

	it('lists a resource for every list of operations', () => {
		const lists = named(description.properties, 'operation');
		const shown = lists.flatMap(({ displayOptions }) => displayOptions?.show?.resource ?? []);
		const [resource] = named(description.properties, 'resource');
		expect(
			(resource?.options ?? [])
				.filter(isChoice)
				.map(({ value }) => value)
				.sort(),
		).toEqual(shown.sort());
		expect([...lists, ...(resource ? [resource] : [])].every((list) => list.noDataExpression)).toBe(true);
	});

	it('shows no two fields of the same name at once', () => {
		expect(clashes(description.properties)).toEqual([]);
	});

	it('has every method its fields ask for, and no other', () => {
		const asked = [...methodsAskedFor(description.properties), ...testsAskedFor(description)];
		expect(methodsOf(type).sort()).toEqual([...new Set(asked)].sort());
	});
});

describe.each(credentials)('credential $name', ({ name, folder, type }) => {
	it.each(Object.entries(conventions))('has %s', (_, check) => {
		expect(breaches(type.properties, check)).toEqual([]);
	});

	it('is named after its class', () => {
		expect(type.name).toBe(name.charAt(0).toLowerCase() + name.slice(1));
		expect(type.displayName).toMatch(/ API$/);
	});

	it('points to the documentation', () => {
		expect(type.documentationUrl).toMatch(/^https:\/\//);
	});

	it('has a light and a dark icon', () => {
		expectTwoDrawings(type.icon, folder);
	});

	it('is used by a node', () => {
		const used = nodes.flatMap(({ type: { description } }) => description.credentials ?? []);
		expect(used.map((credential) => credential.name)).toContain(type.name);
	});
});
