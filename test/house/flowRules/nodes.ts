import { NodeHelpers, type INode, type INodeProperties, type INodeTypeDescription } from 'n8n-workflow';
import type { FlowNode } from '../../../workflows/build/files';
import { isChoice, isGroup, isProperty } from '../properties';
import { fullParameters, workingNodes, type Rule } from './book';

/** Node types that n8n does not have in that version. */
export const typesExist: Rule = ({ flow }, { describe }) =>
	flow.nodes
		.filter((node) => !describe(node))
		.map(({ name, type, typeVersion }) => `${name}: n8n has no ${type} in version ${typeVersion}`);

type Values = Record<string, unknown>;

const isObject = (value: unknown): value is Values => typeof value === 'object' && value !== null;
const isExpression = (value: unknown) => typeof value === 'string' && value.startsWith('=');

/** What no field of the given ones takes: names, and choices that a list does not have. */
function strangersIn(values: Values, properties: INodeProperties[], at: string): string[] {
	return Object.entries(values).flatMap(([key, value]) => {
		const fields = properties.filter(({ name }) => name === key);
		if (fields.length === 0) return [`${at}${key} is no field of this node`];
		const found = fields.map((field) => strangersInField(value, field, `${at}${key}`));
		return found.find((list) => list.length === 0) ?? found[0] ?? [];
	});
}

function strangersInField(value: unknown, field: INodeProperties, at: string): string[] {
	if (field.type === 'collection' && isObject(value))
		return strangersIn(value, (field.options ?? []).filter(isProperty), `${at}.`);
	if (field.type === 'fixedCollection' && isObject(value)) {
		const groups = (field.options ?? []).filter(isGroup);
		return Object.entries(value).flatMap(([name, entries]) => {
			const group = groups.find((entry) => entry.name === name);
			if (!group) return [`${at}.${name} is no field of this node`];
			return [entries]
				.flat()
				.flatMap((entry) => (isObject(entry) ? strangersIn(entry, group.values, `${at}.${name}.`) : []));
		});
	}
	const isList = field.type === 'options' && !field.typeOptions?.loadOptionsMethod && !isExpression(value);
	const choices = (field.options ?? []).filter(isChoice);
	if (isList && choices.length > 0 && !choices.some((choice) => choice.value === value))
		return [`${at} has no choice ${JSON.stringify(value)}`];
	return [];
}

/** Fields that a node does not have, or not with its other fields set so; choices that a list does not have. */
export const parametersExist: Rule = ({ flow }, { describe }) =>
	workingNodes(flow).flatMap((node) => {
		const description = describe(node);
		if (!description) return [];
		const shown = fullParameters(node, description);
		const hidden = Object.keys(node.parameters)
			.filter((key) => !(key in shown) && description.properties.some(({ name }) => name === key))
			.map((key) => `${key} is not shown with these settings`);
		return [...strangersIn(node.parameters, description.properties, ''), ...hidden].map(
			(finding) => `${node.name}: ${finding}`,
		);
	});

const withoutNumber = (name: string) => name.replace(/\s*\d*$/, '').toLowerCase();

/** Names that n8n gave by itself, such as "Edit Fields1". */
export const nodesAreNamed: Rule = ({ flow }, { describe }) =>
	flow.nodes.flatMap((node) => {
		const description = describe(node);
		const standard = [description?.displayName, String(description?.defaults.name ?? '')];
		const isStandard = standard.some((name) => name && withoutNumber(node.name) === withoutNumber(name));
		return isStandard ? [`${node.name}: name it for what it does`] : [];
	});

/** Credential types that a node asks for, with its fields set as they are. */
export function askedCredentials(node: FlowNode, description: INodeTypeDescription) {
	const values = fullParameters(node, description);
	return (description.credentials ?? []).filter((credential) =>
		NodeHelpers.displayParameter(values, credential, node as unknown as INode, description),
	);
}

/** Credentials that are missing, unknown in the sandbox, of a type the node does not take, or given by more than a name. */
export const credentialsByName: Rule = ({ flow }, { describe, credentials }) =>
	workingNodes(flow).flatMap((node) => {
		const description = describe(node);
		if (!description) return [];
		const given = Object.entries(node.credentials ?? {});
		const asked = askedCredentials(node, description);
		// HTTP Request and its like take the type that a field names.
		const chosen = [node.parameters.nodeCredentialType, node.parameters.genericAuthType];
		const missing = asked.filter(({ name, required }) => required && !node.credentials?.[name]);
		return [
			...missing.map(({ name }) => `${node.name}: no credential of type ${name}`),
			...given.flatMap(([type, credential]) => [
				...(Object.keys(credential).join() === 'name'
					? []
					: [`${node.name}: a credential is named, nothing more`]),
				...(credentials.has(`${type}:${credential.name}`)
					? []
					: [`${node.name}: the sandbox has no credential "${credential.name}" of type ${type}`]),
				...(asked.some(({ name }) => name === type) || chosen.includes(type)
					? []
					: [`${node.name}: takes no credential of type ${type}`]),
			]),
		];
	});
