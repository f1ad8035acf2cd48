/**
 * An entry as the bytes that Redis keeps, framed so that a cut, corrupted, foreign or older value is seen to be one.
 *
 * Shape   `E1 <head bytes> <body bytes> <crc32 of all that follows the tags>\n<tags by space>\n<head as JSON><body>`
 *         `F1 <dead at>\n<facet names by space>\n` for a base key whose responses vary
 * Errors  undefined for anything that is not whole
 */

import { concatBytes, crc32 } from '../primitives/bytes.ts';
import type { Entry, Forks } from './entry.ts';
import type { TokenPair } from './tokens.ts';

interface Head<Meta> {
  readonly key: string;
  readonly deadAt: number;
  readonly tokens: readonly TokenPair[];
  readonly meta: Meta;
}

const text = new TextEncoder();
const NEWLINE = 10;

export function encodeEntry<Meta>(entry: Entry<Meta>): Uint8Array<ArrayBuffer> {
  const { key, deadAt, meta, body, tags, stamp } = entry;
  const head = text.encode(JSON.stringify({ key, deadAt, tokens: stamp?.tokens ?? [], meta }));
  const content = concatBytes([head, body]);
  const frame = `E1 ${head.byteLength} ${body.byteLength} ${crc32(content)}\n${tags.join(' ')}\n`;
  return concatBytes([text.encode(frame), content]);
}

export function encodeForks({ names, deadAt }: Forks): string {
  return `F1 ${deadAt}\n${names.join(' ')}\n`;
}

/** The entry with the tokens it was written with; the stamp's mark is the reader's to set. */
export function decodeEntry<Meta>(bytes: Uint8Array): Entry<Meta> | undefined {
  const lines = takeLines(bytes);
  const frame = lines && /^E1 (\d{1,9}) (\d{1,9}) (\d{1,10})$/.exec(lines.first);
  if (!frame) return undefined;
  const headBytes = Number(frame[1]);
  const content = bytes.subarray(lines.end);
  if (content.byteLength !== headBytes + Number(frame[2]) || crc32(content) !== Number(frame[3]))
    return undefined;
  const head = parseHead<Meta>(content.subarray(0, headBytes));
  const tags = lines.second ? lines.second.split(' ') : [];
  if (!head || head.tokens.length !== tags.length) return undefined;
  const stamp = { tokens: head.tokens, checkedAt: 0 };
  return { key: head.key, deadAt: head.deadAt, meta: head.meta, body: content.slice(headBytes), tags, stamp };
}

export function decodeForks(bytes: Uint8Array): Forks | undefined {
  const lines = takeLines(bytes);
  const frame = lines && /^F1 (\d{1,16})$/.exec(lines.first);
  if (!frame || !lines.second) return undefined;
  return { names: lines.second.split(' '), deadAt: Number(frame[1]) };
}

function takeLines(bytes: Uint8Array): { first: string; second: string; end: number } | undefined {
  const first = bytes.indexOf(NEWLINE);
  const second = bytes.indexOf(NEWLINE, first + 1);
  if (first < 0 || second < 0) return undefined;
  const decode = (from: number, to: number) => new TextDecoder().decode(bytes.subarray(from, to));
  return { first: decode(0, first), second: decode(first + 1, second), end: second + 1 };
}

function parseHead<Meta>(bytes: Uint8Array): Head<Meta> | undefined {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Head<Meta>;
  } catch {
    return undefined;
  }
}
