/**
 * Reads whole RESP2 answers: bytes in, replies out, and anything that is not exactly RESP2 is refused.
 *
 * Shape   bytes -> top-level replies in order; $ is Uint8Array (a copy), + is string, : is number, - is RedisError
 * Units   integers beyond 2^53 lose digits, as numbers do
 * Errors  RedisUnavailable for garbage, a cut-off answer, a length that lies or nesting deeper than any command gives
 * Source  redis.io "Redis serialization protocol specification", RESP2 part
 */
import { RedisError, type RedisReply, RedisUnavailable } from './redis.ts';

/** Replies nest two or three levels; the bound keeps hostile bytes from exhausting the stack. */
const DEEPEST = 32;
/** The shortest reply is an empty status line: a type byte, CR, LF. */
const SHORTEST_BYTES = 3;
const CR = 13;
const LF = 10;
const MINUS = 45;
const ZERO = 48;

interface Cursor {
  readonly bytes: Uint8Array;
  at: number;
}

const text = new TextDecoder();

export function decodeReplies(bytes: Uint8Array): readonly RedisReply[] {
  const cursor = { bytes, at: 0 };
  const replies: RedisReply[] = [];
  while (cursor.at < bytes.length) replies.push(readReply(cursor, 0));
  return replies;
}

function readReply(cursor: Cursor, depth: number): RedisReply {
  const type = String.fromCharCode(cursor.bytes[cursor.at] ?? 0);
  const line = readLine(cursor);
  if (type === '$') return readBulk(cursor, toInteger(line));
  if (type === ':') return toInteger(line);
  if (type === '+') return text.decode(line);
  if (type === '*') return readArray(cursor, toInteger(line), depth);
  if (type === '-') return new RedisError(text.decode(line));
  throw notResp('an unknown type');
}

function readLine(cursor: Cursor): Uint8Array {
  const end = cursor.bytes.indexOf(CR, cursor.at);
  if (end <= cursor.at || cursor.bytes[end + 1] !== LF) throw notResp('a line without an end');
  const line = cursor.bytes.subarray(cursor.at + 1, end);
  cursor.at = end + 2;
  return line;
}

function readBulk(cursor: Cursor, length: number): Uint8Array | null {
  if (length === -1) return null;
  const start = cursor.at;
  const end = start + length;
  const { bytes } = cursor;
  if (length < 0 || bytes[end] !== CR || bytes[end + 1] !== LF) throw notResp('a string of another length');
  cursor.at = end + 2;
  // A copy: a view would keep the whole answer in memory for as long as a cache holds one small part of it.
  return bytes.slice(start, end);
}

function readArray(cursor: Cursor, count: number, depth: number): RedisReply[] | null {
  if (count === -1) return null;
  if (count < 0 || count * SHORTEST_BYTES > cursor.bytes.length - cursor.at)
    throw notResp('an array of another length');
  if (depth === DEEPEST) throw notResp('an array nested too deep');
  const items: RedisReply[] = [];
  while (items.length < count) items.push(readReply(cursor, depth + 1));
  return items;
}

function toInteger(line: Uint8Array): number {
  const negative = line[0] === MINUS;
  const digits = negative ? line.subarray(1) : line;
  if (digits.length === 0 || digits.length > 19) throw notResp('an integer without digits or with too many');
  let value = 0;
  for (const byte of digits) {
    if (byte < ZERO || byte > ZERO + 9) throw notResp('an integer with a letter');
    value = value * 10 + (byte - ZERO);
  }
  // Beyond 2^53 each step above rounds; the text as a whole rounds once.
  if (value > Number.MAX_SAFE_INTEGER) return Number(text.decode(line));
  return negative ? 0 - value : value;
}

function notResp(what: string): RedisUnavailable {
  return new RedisUnavailable(`Redis answered something that is not RESP2: ${what}`);
}
