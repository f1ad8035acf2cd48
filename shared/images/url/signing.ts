/**
 * Signed image URLs: HMAC-SHA256 over the canonical form and the expiry, with keys that can be rotated.
 *
 * What is signed is the request and not its spelling, so a URL may be rewritten on the way; it is the picture asked for and
 * not the variant served, so a changed ladder breaks no signature. The first key signs; every key listed is accepted.
 *
 * Shape   request, keys, expiry -> 'signature=…&expires=…'; request, query -> undefined | Refusal
 * Units   expires in epoch seconds, as it stands in the URL
 * Errors  IMAGE_SIGNATURE_MISSING, IMAGE_SIGNATURE_INVALID, IMAGE_SIGNATURE_EXPIRED; RangeError for a key that is too short
 * Cost    one WebCrypto HMAC a key, until one fits
 * Source  RFC 2104; Web Cryptography API
 */
import type { ImageRequest } from '../options.ts';
import { type Refusal, refuse } from '../refusal.ts';
import { formatRequest } from '../request/format-request.ts';
import { EXPIRES_PARAMETER, SIGNATURE_PARAMETER } from '../request/parse-request.ts';

export interface SignOptions {
  readonly keys: readonly string[];
  /** Epoch ms; the URL is valid until the end of that second. Without it the URL stays valid. */
  readonly expiresAt?: number;
}

export interface VerifyOptions {
  readonly keys: readonly string[];
  readonly now: number;
}

const MIN_KEY_LENGTH = 32;
const ALGORITHM = { name: 'HMAC', hash: 'SHA-256' } as const;

export async function signRequest(request: ImageRequest, { keys, expiresAt }: SignOptions): Promise<string> {
  const [key] = keys;
  if (key === undefined) throw new RangeError('There is no key to sign image URLs with');
  const expires = expiresAt === undefined ? undefined : String(Math.ceil(expiresAt / 1000));
  const mac = await crypto.subtle.sign(ALGORITHM, await importKey(key), signedText(request, expires));
  const query = new URLSearchParams({ [SIGNATURE_PARAMETER]: encodeBase64Url(new Uint8Array(mac)) });
  if (expires !== undefined) query.set(EXPIRES_PARAMETER, expires);
  return query.toString();
}

/** Undefined: it may be served. The expiry is part of what is signed, so it is believed only after the signature. */
export async function verifySignature(
  request: ImageRequest,
  search: string,
  { keys, now }: VerifyOptions,
): Promise<Refusal | undefined> {
  const query = new URLSearchParams(search);
  const signature = query.get(SIGNATURE_PARAMETER);
  const expires = query.get(EXPIRES_PARAMETER) ?? undefined;
  if (signature === null) return refuse('IMAGE_SIGNATURE_MISSING', `the query has no ${SIGNATURE_PARAMETER}`);
  const mac = decodeBase64Url(signature);
  const signed = mac !== undefined && (await isSignedByAny(keys, mac, signedText(request, expires)));
  if (!signed) return refuse('IMAGE_SIGNATURE_INVALID', 'it was made for another URL, or with another key');
  const expired = expires !== undefined && (Number(expires) + 1) * 1000 <= now;
  return expired ? refuse('IMAGE_SIGNATURE_EXPIRED', `the URL was valid until ${expires}`) : undefined;
}

/** WebCrypto compares in constant time. */
async function isSignedByAny(
  keys: readonly string[],
  mac: Uint8Array<ArrayBuffer>,
  text: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  for (const key of keys) {
    if (await crypto.subtle.verify(ALGORITHM, await importKey(key), mac, text)) return true;
  }
  return false;
}

/** The line break cannot stand in a canonical form, so no expiry can be read as part of a name. */
function signedText(request: ImageRequest, expires = ''): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(`headrace-image\n${expires}\n${formatRequest(request)}`));
}

type SigningKey = Awaited<ReturnType<typeof crypto.subtle.importKey>>;

/** Imported once: a key is used for many URLs. */
const imported = new Map<string, Promise<SigningKey>>();

function importKey(key: string): Promise<SigningKey> {
  if (key.length < MIN_KEY_LENGTH) {
    throw new RangeError(`A key for image URLs has ${key.length} characters, fewer than ${MIN_KEY_LENGTH}`);
  }
  const known = imported.get(key);
  if (known) return known;
  const raw = new TextEncoder().encode(key);
  const made = crypto.subtle.importKey('raw', raw, ALGORITHM, false, ['sign', 'verify']);
  imported.set(key, made);
  return made;
}

function encodeBase64Url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function decodeBase64Url(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9_-]{43}$/.test(text)) return undefined;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}
