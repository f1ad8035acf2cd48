/**
 * The name of a source: how it stands in a URL, and what it may be.
 *
 * Shape   'photos/a%20b.jpg' -> 'photos/a b.jpg'; 'https%3A%2F%2Fhost%2Fa.jpg' -> 'https://host/a.jpg'
 * Units   at most 640 bytes, so that S3's 1,024 hold the variant's options too
 * Errors  IMAGE_KEY_INVALID: control characters, backslashes, empty and dot segments, credentials
 */
import { type Refusal, refuse } from '../refusal.ts';

const MAX_BYTES = 640;
const REMOTE = /^https?:\/\//i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const UNSAFE = /[\u0000-\u001f\u007f\\]/;

export function isRemote(source: string): boolean {
  return REMOTE.test(source);
}

export function parseSource(encoded: string): string | Refusal {
  const text = decode(encoded);
  if (text === undefined) return refuse('IMAGE_KEY_INVALID', 'the name is not percent-encoded UTF-8');
  if (new TextEncoder().encode(text).byteLength > MAX_BYTES) {
    return refuse('IMAGE_KEY_INVALID', `the name is longer than ${MAX_BYTES} bytes`);
  }
  if (UNSAFE.test(text)) return refuse('IMAGE_KEY_INVALID', 'the name has control characters or backslashes');
  return isRemote(text) ? parseRemote(text) : parseKey(text);
}

export function formatSource(source: string): string {
  return isRemote(source) ? encodeURIComponent(source) : source.split('/').map(encodeURIComponent).join('/');
}

/** A segment of dots would climb out of a folder; an empty one names a folder. */
function parseKey(key: string): string | Refusal {
  const wrong = key.split('/').some(segment => segment === '' || segment === '.' || segment === '..');
  return wrong ? refuse('IMAGE_KEY_INVALID', 'the name has empty or dot segments') : key;
}

/** Rebuilt from its parts: what was checked is what is fetched. */
function parseRemote(text: string): string | Refusal {
  if (!URL.canParse(text)) return refuse('IMAGE_KEY_INVALID', 'the address of the source is malformed');
  const url = new URL(text);
  if (url.protocol !== 'https:')
    return refuse('IMAGE_SOURCE_REFUSED', 'sources elsewhere are fetched by https only');
  if (url.username || url.password) return refuse('IMAGE_SOURCE_REFUSED', 'the address names a user');
  url.hash = '';
  return url.href;
}

function decode(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
