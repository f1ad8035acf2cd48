/**
 * What JSON has no words for, written as an object with one field `$`: dates, maps, sets, bigints, bytes, undefined, and
 * numbers that are none. An object that has a field `$` of its own is written as a list of its fields.
 *
 * Shape   value -> JSON value -> an equal value
 * Errors  CACHE_VALUE_UNSUPPORTED for a function, a symbol, or an instance of a class without `toJSON`
 */

import { refuse } from './input.ts';
import { isPlainObject } from './plain-json.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

export function toRich(value: unknown): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return toRichNumber(value);
  if (value === undefined) return { $: 'undefined' };
  if (typeof value === 'bigint') return { $: ['bigint', String(value)] };
  if (typeof value === 'object') return toRichObject(value);
  throw refuse('CACHE_VALUE_UNSUPPORTED', `a value cannot be or contain a ${typeof value}`);
}

export function fromRich(json: Json): unknown {
  if (typeof json !== 'object' || json === null) return json;
  if (Array.isArray(json)) return json.map(fromRich);
  const fields = json as { readonly [name: string]: Json };
  if (Object.hasOwn(fields, '$')) return fromNote(fields.$ ?? null);
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fromRich(field)]));
}

function toRichNumber(value: number): Json {
  if (Object.is(value, -0)) return { $: ['number', '-0'] };
  return Number.isFinite(value) ? value : { $: ['number', String(value)] };
}

function toRichObject(value: object): Json {
  // By index, so that what was left out of a list counts too.
  if (Array.isArray(value)) return Array.from(value, toRich);
  if (value instanceof Date) return { $: ['date', Number.isNaN(value.getTime()) ? null : value.getTime()] };
  if (value instanceof Map) return { $: ['map', Array.from(value, pair => pair.map(toRich))] };
  if (value instanceof Set) return { $: ['set', Array.from(value, toRich)] };
  if (value instanceof Uint8Array) return { $: ['bytes', toBase64(value)] };
  if ('toJSON' in value && typeof value.toJSON === 'function') return toRich(value.toJSON());
  if (!isPlainObject(value))
    throw refuse('CACHE_VALUE_UNSUPPORTED', `a value cannot contain a ${nameOf(value)}`);
  const fields = Object.entries(value).map(([name, field]): [string, Json] => [name, toRich(field)]);
  return Object.hasOwn(value, '$') ? { $: ['object', fields] } : Object.fromEntries(fields);
}

function fromNote(note: Json): unknown {
  if (note === 'undefined') return undefined;
  if (!Array.isArray(note)) throw new SyntaxError('a note without its value');
  const [kind, content] = note as [string, never];
  return READERS[kind as keyof typeof READERS](content);
}

const READERS = {
  bigint: (text: string) => BigInt(text),
  number: (text: string) => Number(text),
  date: (ms: number | null) => new Date(ms ?? Number.NaN),
  map: (pairs: readonly [Json, Json][]) =>
    new Map(pairs.map(([key, value]) => [fromRich(key), fromRich(value)])),
  set: (members: readonly Json[]) => new Set(members.map(fromRich)),
  bytes: (text: string) => Uint8Array.from(atob(text), character => character.charCodeAt(0)),
  object: (fields: readonly [string, Json][]) =>
    Object.fromEntries(fields.map(([name, field]) => [name, fromRich(field)])),
} as const;

function toBase64(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function nameOf(value: object): string {
  return value.constructor?.name || 'class of its own';
}
