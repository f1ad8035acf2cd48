/**
 * What CDNs are reached with, by the CDN's name in headrace.config.ts: one text of JSON, from the environment or a secret that is
 * put there.
 *
 * Shape   '{"site": {"token": "…"}}' -> name -> fields
 * Errors  Error naming the CDN and the field that is missing, never what is in another
 */

export type CdnSecrets = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What each vendor needs; CloudFront is reached with the role of the function. */
const NEEDED = {
  cloudfront: [],
  cloudflare: ['token'],
  'azure-front-door': ['tenantId', 'clientId', 'clientSecret'],
  google: ['client_email', 'private_key'],
} as const;

export function parseCdnSecrets(text: string | undefined): CdnSecrets {
  if (!text?.trim()) return {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as CdnSecrets;
  } catch {
    // Said below: what stands there is secret.
  }
  throw new Error('CDN_SECRETS is not a JSON object of the form {"<name of the CDN>": {"token": "…"}}');
}

export function secretOf<Vendor extends keyof typeof NEEDED>(
  secrets: CdnSecrets,
  name: string,
  vendor: Vendor,
): Readonly<Record<(typeof NEEDED)[Vendor][number], string>> & Readonly<Record<string, string | undefined>> {
  const given = secrets[name] ?? {};
  for (const field of NEEDED[vendor])
    if (typeof given[field] !== 'string' || given[field] === '')
      throw new Error(`CDN_SECRETS has no ${field} for ${name}: give {"${name}": {${wordsOf(vendor)}}}`);
  return given as ReturnType<typeof secretOf<Vendor>>;
}

function wordsOf(vendor: keyof typeof NEEDED): string {
  return NEEDED[vendor].map(field => `"${field}": "…"`).join(', ');
}
