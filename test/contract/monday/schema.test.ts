import {
	BreakingChangeType,
	buildSchema,
	findBreakingChanges,
	getOperationAST,
	parse,
	validate,
	type GraphQLSchema,
	type OperationDefinitionNode,
} from 'graphql';
import { getVariableValues } from 'graphql/execution/values';
import { MONDAY_SDL } from '../../../sandbox/simulators/monday-schema';
import { email, LEADS, mondayBench, run, type Bench } from '../../unit/monday/bench';
import { describeWithSpecs, readSpec } from '../../support/specs';
import { samples, twoItems } from './operations';

/** What an official schema says against a request body. */
function objections(
	schema: GraphQLSchema,
	{ query, variables }: { query: string; variables: object },
): string[] {
	const document = parse(query);
	const operation = getOperationAST(document) as OperationDefinitionNode;
	const { errors = [] } = getVariableValues(schema, operation.variableDefinitions ?? [], { ...variables });
	return [...validate(schema, document), ...errors].map(({ message }) => message);
}

describeWithSpecs("monday.com's official schema", () => {
	let official: GraphQLSchema;
	let bench: Bench;
	beforeAll(() => {
		official = buildSchema(readSpec('monday-schema.graphql'), { assumeValidSDL: true });
	});
	beforeEach(() => (bench = mondayBench()));
	afterEach(() => bench.stop());

	it.each(samples)('accepts every request of $name', async ({ operation, parameters, field }) => {
		const { error } = await run(operation, parameters, { items: twoItems(bench) });
		expect(error).toBeUndefined();
		expect(bench.using(field).length).toBeGreaterThan(0);
		for (const body of bench.bodies()) expect(objections(official, body)).toEqual([]);
	});

	it('accepts further pages, and searches by e-mail', async () => {
		for (let index = 0; index < 501; index++) {
			bench.simulator.content.create(
				LEADS,
				undefined,
				`N${index}`,
				{ email: email(`${index}@x.pl`, 'Dom') },
				false,
			);
		}
		await run('getAll', { returnAll: true });
		await run('search', { column: 'email', value: '500@x.pl' });
		const bodies = bench.bodies();
		expect(bodies.filter(({ query }) => query.includes('next_items_page'))).toHaveLength(2);
		for (const body of bodies) expect(objections(official, body)).toEqual([]);
	});

	it('knows everything the simulator serves, under the same types', () => {
		const changes = findBreakingChanges(buildSchema(MONDAY_SDL), official)
			// graphql-js itself lets @deprecated stand on directives, monday.com's file does not.
			.filter(({ type }) => type !== BreakingChangeType.DIRECTIVE_LOCATION_REMOVED)
			.map(({ description }) => description);
		expect(changes.filter((change) => !/\bAnyValue\b/.test(change))).toEqual([]);
	});
});
