/**
 * Any value as bytes and back: plain JSON as it is, bytes as they are, everything else that has a meaning as JSON with
 * notes (rich-json.ts). What has none (a function, a class of one's own) is refused instead of coming back as something else.
 *
 * Shape   value -> { form, body }; decodeValue(form, body) -> the value, JSON frozen
 * Errors  CACHE_VALUE_UNSUPPORTED when encoding
 */

import { refuse } from './input.ts';
import { freezeDeep, isPlainJson } from './plain-json.ts';
import { fromRich, toRich } from './rich-json.ts';

export type Form = 'json' | 'rich' | 'bytes' | 'undefined';

export interface EncodedValue {
  readonly form: Form;
  readonly body: Uint8Array<ArrayBuffer>;
}

export function encodeValue(value: unknown): EncodedValue {
  if (value === undefined) return { form: 'undefined', body: new Uint8Array() };
  // A copy: the caller may go on writing into his.
  if (value instanceof Uint8Array) return { form: 'bytes', body: new Uint8Array(value) };
  if (isPlainJson(value)) return { form: 'json', body: encode(JSON.stringify(value)) };
  try {
    return { form: 'rich', body: encode(JSON.stringify(toRich(value))) };
  } catch (error) {
    if (!(error instanceof RangeError) || 'code' in error) throw error;
    throw refuse(
      'CACHE_VALUE_UNSUPPORTED',
      'a value must not contain itself, nor nest deeper than the stack',
    );
  }
}

export function decodeValue({ form, body }: EncodedValue): unknown {
  if (form === 'json') return freezeDeep(JSON.parse(decoder.decode(body)));
  if (form === 'bytes') return new Uint8Array(body);
  return form === 'undefined' ? undefined : fromRich(JSON.parse(decoder.decode(body)));
}

/** JSON is frozen and may be given to everyone; the others can be written into, so everyone gets his own. */
export function isShareable(form: Form): boolean {
  return form === 'json' || form === 'undefined';
}

const encoder = new TextEncoder();

/** Node's types leave open whose memory it is; it is always its own. */
function encode(text: string): Uint8Array<ArrayBuffer> {
  return encoder.encode(text) as Uint8Array<ArrayBuffer>;
}

const decoder = new TextDecoder();
