/**
 * A value as the bytes that Redis keeps, framed so that a cut, damaged, foreign or older one is seen to be one. The tokens
 * it is bound to stand behind the frame and outside its checksum: a script can put them there, and damaged ones equal no
 * others, which makes the value a miss.
 *
 * Shape   `V1 <crc32 of the rest of the frame>\n<tags by space>\n<head bytes> <body bytes>\n<head as JSON><body>` `<tokens by space>\n`
 * Units   instants epoch ms
 * Errors  undefined for anything that is not whole
 */

import { concatBytes, crc32 } from '../primitives/bytes.ts';
import type { Entry } from './entry.ts';
import { pairTokens, type TokenPair } from './tokens.ts';
import type { Form } from './value-form.ts';

/** What is kept of a value besides its body. */
export interface ValueMeta {
  readonly form: Form;
  /** How the body is compressed; absent where it is not. */
  readonly coding?: string;
  readonly freshUntil: number;
  /** From then until it is dead it is served only where loading fails. */
  readonly staleUntil: number;
}

export type StoredValue = Entry<ValueMeta>;

export interface DecodedValue {
  readonly stored: StoredValue;
  readonly tokens: readonly TokenPair[];
}

type Head = Pick<StoredValue, 'key' | 'deadAt' | 'meta'>;

const FRAME_BYTES = 14;
const NEWLINE = 10;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function frameValue({ key, deadAt, meta, body, tags }: StoredValue): Uint8Array<ArrayBuffer> {
  const head = encoder.encode(JSON.stringify({ key, deadAt, meta } satisfies Head));
  const lines = encoder.encode(`${tags.join(' ')}\n${head.byteLength} ${body.byteLength}\n`);
  const framed = concatBytes([encoder.encode('V1 0000000000\n'), lines, head, body]);
  const checksum = String(crc32(framed.subarray(FRAME_BYTES))).padStart(10, '0');
  encoder.encodeInto(checksum, framed.subarray(3));
  return framed;
}

/** What `bind-value.lua.ts` writes behind a frame, written here. */
export function bindFrame(framed: Uint8Array, tokens: readonly TokenPair[]): Uint8Array<ArrayBuffer> {
  return concatBytes([framed, encoder.encode(`${tokens.flat().join(' ')}\n`)]);
}

export function unframeValue(bytes: Uint8Array): DecodedValue | undefined {
  const lines = takeLines(bytes);
  if (!lines) return undefined;
  const { checksum, tags, headBytes, bodyBytes, start } = lines;
  const [body, end] = [start + headBytes, start + headBytes + bodyBytes];
  if (end >= bytes.byteLength || checksum !== crc32(bytes.subarray(FRAME_BYTES, end))) return undefined;
  const tokens = readTokens(tags, decoder.decode(bytes.subarray(end)));
  const head = parseHead(bytes.subarray(start, body));
  // A copy, so that holding on to the body does not hold on to the whole answer of Redis.
  return (
    head && tokens && { stored: { ...head, tags, body: Uint8Array.from(bytes.subarray(body, end)) }, tokens }
  );
}

function takeLines(bytes: Uint8Array) {
  const second = bytes.indexOf(NEWLINE, FRAME_BYTES);
  const third = bytes.indexOf(NEWLINE, second + 1);
  if (second < 0 || third < 0) return undefined;
  const text = decoder.decode(bytes.subarray(0, third));
  const [, checksum, tags = '', head, body] = /^V1 (\d{10})\n(.*)\n(\d{1,9}) (\d{1,9})$/.exec(text) ?? [];
  if (checksum === undefined) return undefined;
  return {
    checksum: Number(checksum),
    tags: tags === '' ? [] : tags.split(' '),
    headBytes: Number(head),
    bodyBytes: Number(body),
    start: third + 1,
  };
}

function readTokens(tags: readonly string[], tail: string): TokenPair[] | undefined {
  if (!tail.endsWith('\n')) return undefined;
  const flat = tags.length === 0 ? [] : tail.slice(0, -1).split(' ');
  return flat.length === 2 * tags.length ? pairTokens(tags, flat).map(([, pair]) => pair) : undefined;
}

function parseHead(bytes: Uint8Array): Head | undefined {
  try {
    const head = JSON.parse(decoder.decode(bytes)) as Head | null;
    return typeof head?.key === 'string' && typeof head.meta?.freshUntil === 'number' ? head : undefined;
  } catch {
    return undefined;
  }
}
