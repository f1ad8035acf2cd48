/**
 * Entries and forks as the bytes that Redis keeps, framed so that a cut, corrupted, foreign or older value is seen to be
 * one. The script that reads them looks at the first three bytes and at the second line.
 *
 * Shape   `E1 <crc32 of the rest>\n<tags by space>\n<head bytes> <body bytes>\n<head as JSON><body>`
 *         `F1 <crc32 of the rest>\n<facet names by space>\n<dead at>\n` for a base key whose values vary
 * Errors  undefined for anything that is not whole
 */

import { concatBytes, crc32 } from '../primitives/bytes.ts';
import type { Entry } from './entry.ts';
import type { TokenPair } from './tokens.ts';
import type { Forks } from './variants.ts';

export interface DecodedEntry<Meta> {
  readonly entry: Entry<Meta>;
  /** One pair per tag: those it was bound to when it was written. */
  readonly tokens: readonly TokenPair[];
}

interface Head<Meta> {
  readonly key: string;
  readonly deadAt: number;
  readonly tokens: readonly TokenPair[];
  readonly meta: Meta;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const NEWLINE = 10;

export function encodeEntry<Meta>(entry: Entry<Meta>, tokens: readonly TokenPair[]): Uint8Array<ArrayBuffer> {
  const { key, deadAt, meta, body, tags } = entry;
  const head = encoder.encode(JSON.stringify({ key, deadAt, tokens, meta } satisfies Head<Meta>));
  const lines = encoder.encode(`${tags.join(' ')}\n${head.byteLength} ${body.byteLength}\n`);
  return frame('E1', [lines, head, body]);
}

export function decodeEntry<Meta>(bytes: Uint8Array): DecodedEntry<Meta> | undefined {
  const rest = unframe('E1', bytes);
  const lines = rest && takeTwoLines(rest);
  const sizes = lines && /^(\d{1,9}) (\d{1,9})$/.exec(lines.second);
  if (!sizes) return undefined;
  const headBytes = Number(sizes[1]);
  const content = rest.subarray(lines.end);
  if (content.byteLength !== headBytes + Number(sizes[2])) return undefined;
  const tags = lines.first === '' ? [] : lines.first.split(' ');
  const head = parseHead<Meta>(content.subarray(0, headBytes), tags.length);
  if (!head) return undefined;
  const { key, deadAt, meta, tokens } = head;
  // A copy, so that holding on to the body does not hold on to the whole answer of Redis.
  return { entry: { key, deadAt, meta, tags, body: content.slice(headBytes) }, tokens };
}

export function encodeForks({ names, deadAt }: Forks): string {
  return decoder.decode(frame('F1', [encoder.encode(`${names.join(' ')}\n${deadAt}\n`)]));
}

export function decodeForks(bytes: Uint8Array): Forks | undefined {
  const rest = unframe('F1', bytes);
  const lines = rest && takeTwoLines(rest);
  if (!lines?.first || !/^\d{1,16}$/.test(lines.second)) return undefined;
  return { names: lines.first.split(' '), deadAt: Number(lines.second) };
}

type Kind = 'E1' | 'F1';

function frame(kind: Kind, parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  // As wide as the widest checksum: it is known only when all that follows is in its place.
  const framed = concatBytes([encoder.encode(`${kind} ${'0'.repeat(10)}\n`), ...parts]);
  const checksum = String(crc32(framed.subarray(FRAME_BYTES))).padStart(10, '0');
  encoder.encodeInto(checksum, framed.subarray(3));
  return framed;
}

const FRAME_BYTES = 14;

function unframe(kind: Kind, bytes: Uint8Array): Uint8Array | undefined {
  const [, named, checksum] =
    /^(\w\d) (\d{10})\n$/.exec(decoder.decode(bytes.subarray(0, FRAME_BYTES))) ?? [];
  const rest = bytes.subarray(FRAME_BYTES);
  return named === kind && Number(checksum) === crc32(rest) ? rest : undefined;
}

function takeTwoLines(bytes: Uint8Array): { first: string; second: string; end: number } | undefined {
  const first = bytes.indexOf(NEWLINE);
  const second = bytes.indexOf(NEWLINE, first + 1);
  if (first < 0 || second < 0) return undefined;
  const decode = (from: number, to: number) => decoder.decode(bytes.subarray(from, to));
  return { first: decode(0, first), second: decode(first + 1, second), end: second + 1 };
}

function parseHead<Meta>(bytes: Uint8Array, tagCount: number): Head<Meta> | undefined {
  try {
    const head = JSON.parse(decoder.decode(bytes)) as Partial<Head<Meta>> | null;
    return isHead(head) && head.tokens.length === tagCount ? head : undefined;
  } catch {
    return undefined;
  }
}

function isHead<Meta>(head: Partial<Head<Meta>> | null): head is Head<Meta> {
  return typeof head?.key === 'string' && typeof head.deadAt === 'number' && Array.isArray(head.tokens);
}
