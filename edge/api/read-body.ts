/**
 * The JSON body of a request of Headrace's own, checked by its schema.
 *
 * Shape   text, schema -> { ok, value } | { ok: false, words }: what is wrong, by the name of the field
 * Errors  none (total)
 */

import type * as z from 'zod/mini';
import { wordFault, wordIssue } from '../../shared/config/wrong-field.ts';

export type Read<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly words: string };

export function readBody<Schema extends z.ZodMiniType>(text: string, schema: Schema): Read<z.output<Schema>> {
  const input = parseJson(text);
  if (input === undefined) return { ok: false, words: 'the body must be JSON.' };
  return readValue(input, schema, 'the body');
}

export function readQuery<Schema extends z.ZodMiniType>(
  query: Readonly<Record<string, string>>,
  schema: Schema,
): Read<z.output<Schema>> {
  return readValue(query, schema, 'the query');
}

/** `whole` is what the words call it where no field of it is wrong. */
export function readValue<Schema extends z.ZodMiniType>(
  input: unknown,
  schema: Schema,
  whole: string,
): Read<z.output<Schema>> {
  const parsed = schema.safeParse(input, { error: wordIssue });
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, words: `${wordFault(parsed.error, whole)}.` };
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
