/**
 * The names of a variant: its key in the store, the tag by which all variants of a source are purged, its validator.
 *
 * Shape   source, options -> 'photos/a.jpg/width=640,format=avif,quality=55'; 'src-<40 hex digits>'; '"<16 hex digits>"'
 * Errors  none (total)
 * Cost    tag: one WebCrypto digest
 */
import { hashText } from '../../primitives/hash.ts';
import { rememberByText } from '../../primitives/remember.ts';
import { longHash } from '../../primitives/short-hash.ts';
import type { ImageRequest } from '../options.ts';
import { formatOptions } from '../request/format-request.ts';
import { formatSource } from '../request/source-key.ts';

/** Part of every validator: raised when the same source and options give other bytes, as after a new encoder. */
const ENGINE_REVISION = 1;

/** Below the source's own key, so that a listing by prefix finds all variants of a source. */
export function variantKey({ source, options }: ImageRequest): string {
  return `${source}/${variantWords({ source, options })}`;
}

/** Where S3 is asked for it: the key, as a URL writes it. */
export function variantPath(request: ImageRequest): string {
  return `/${formatSource(request.source)}/${encodeURI(variantWords(request)).replaceAll('#', '%23')}`;
}

/** Remembered: one source has many variants. */
export const sourceTag = rememberByText(async (source): Promise<string> => `src-${await hashText(source)}`);

/**
 * Known before any work: a client that has this very picture is told so without decoding. It is held against validators of the
 * same URL only, so chance is all that it has to withstand.
 */
export function variantETag(request: ImageRequest, sourceETag: string): string {
  return `"${longHash(`${ENGINE_REVISION}\n${sourceETag}\n${variantWords(request)}`)}"`;
}

/** What is to happen when it fails does not change a picture. */
function variantWords({ options: { onerror, ...options } }: ImageRequest): string {
  return formatOptions(options);
}
