import { NodeOperationError, type INode } from 'n8n-workflow';

/** How a credential speaks of its address. */
export interface AddressField {
	/** The provider's name as messages show it. */
	provider: string;
	/** The field's label. */
	field: string;
	/** What would travel in the open, such as "the access token". */
	secret: string;
	/** Where the credential's option "Allow Plain HTTP" is on. */
	allowHttp?: boolean;
	/** False where the credential has no such option. */
	mayAllow?: boolean;
	/** A full address. */
	example: string;
}

const isFull = (address: string, protocols: string[]) => {
	if (!URL.canParse(address)) return false;
	const { protocol, hostname, username, password } = new URL(address);
	return protocols.includes(protocol) && hostname !== '' && username === '' && password === '';
};

/**
 * Holds the address of a credential to https, so that no secret travels in the open and none is sent to a plain-HTTP
 * service on this machine or in its network by mistake. A user name in the address is refused as well: it would stand in
 * messages and logs.
 *
 * @param address trimmed, as requests will begin
 * @returns the address as it is
 * @throws NodeOperationError that names the field, and says what to do
 */
export function safeAddress(
	node: INode,
	address: string,
	{ provider, field, secret, allowHttp, mayAllow = true, example }: AddressField,
): string {
	if (isFull(address, allowHttp ? ['https:', 'http:'] : ['https:'])) return address;
	const way = mayAllow ? 'Use https://, or switch on Allow Plain HTTP.' : 'Use https://.';
	throw new NodeOperationError(node, `"${field}" in the ${provider} credential cannot be used`, {
		description: isFull(address, ['http:'])
			? `It begins with http://, where ${secret} can be read on the way. ${way}`
			: `Use a full address, such as ${example}.`,
	});
}
