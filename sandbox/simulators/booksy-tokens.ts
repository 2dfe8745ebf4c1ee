import { createPublicKey, generateKeyPairSync, randomUUID, verify } from 'node:crypto';

/** A partner's key pair, PEM. */
export interface PartnerKeys {
	publicKey: string;
	privateKey: string;
}

/** Makes a key pair as a partner gets one from Booksy. */
export function partnerKeys(): PartnerKeys {
	return generateKeyPairSync('rsa', {
		modulusLength: 2048,
		publicKeyEncoding: { type: 'spki', format: 'pem' },
		privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
	});
}

const ISSUER = 'https://public-api.booksy.com';
const ACCESS_MILLISECONDS = 5 * 60_000;
const REFRESH_MILLISECONDS = 3 * 24 * 3600_000;

const decoded = (part: string) =>
	JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;

/** Checks assertions, gives tokens of 5 minutes (access) and 3 days (refresh), and knows which still hold. */
export class Tokens {
	private readonly access = new Map<string, number>();
	private readonly refresh = new Map<string, number>();

	constructor(
		private readonly partner: { id: string; name: string; publicKey: string },
		private readonly now: () => Date,
	) {}

	/** Tokens for a good assertion; undefined for any other. */
	exchange(form: URLSearchParams): { access: string; refresh: string } | undefined {
		if (form.get('partner_name') !== this.partner.name) return undefined;
		return this.isGood(form.get('token') ?? '') ? this.issue() : undefined;
	}

	/** An access token for a refresh token; undefined for one that has ended. */
	renew(form: URLSearchParams): { access: string } | undefined {
		const until = this.refresh.get(form.get('refresh') ?? '') ?? 0;
		return until > this.now().getTime() ? { access: this.issue().access } : undefined;
	}

	holds(access: string): boolean {
		return (this.access.get(access) ?? 0) > this.now().getTime();
	}

	/** How many access tokens were given. */
	get given(): number {
		return this.access.size;
	}

	forget(): void {
		this.access.clear();
		this.refresh.clear();
	}

	/** Gives tokens, as for a good assertion. */
	issue(): { access: string; refresh: string } {
		const tokens = { access: `access-${randomUUID()}`, refresh: `refresh-${randomUUID()}` };
		this.access.set(tokens.access, this.now().getTime() + ACCESS_MILLISECONDS);
		this.refresh.set(tokens.refresh, this.now().getTime() + REFRESH_MILLISECONDS);
		return tokens;
	}

	private isGood(assertion: string): boolean {
		const [header, claims, signature] = assertion.split('.');
		if (!header || !claims || !signature) return false;
		const signed = verify(
			'RSA-SHA256',
			Buffer.from(`${header}.${claims}`),
			createPublicKey(this.partner.publicKey),
			Buffer.from(signature, 'base64url'),
		);
		if (!signed) return false;
		const { typ, alg } = decoded(header);
		const { iss, aud, iat, exp } = decoded(claims);
		const seconds = Math.floor(this.now().getTime() / 1000);
		return (
			typ === 'JWT' &&
			alg === 'RS256' &&
			iss === ISSUER &&
			aud === this.partner.id &&
			Number(iat) <= seconds + 60 &&
			Number(exp) > seconds &&
			Number(exp) - Number(iat) <= 300
		);
	}
}
