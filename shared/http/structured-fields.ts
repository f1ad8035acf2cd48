/**
 * Reads fields that are defined as structured fields. One that is not valid to its last byte counts as absent: half of a
 * rule is no rule.
 *
 * Shape   fields + name -> Dictionary | strings | undefined
 * Errors  none (total)
 * Source  RFC 9651 §3.1, §3.2, §4.2
 */
import { type Dictionary, parseDictionary, parseList } from 'structured-headers';
import { type Fields, fieldValue } from './fields.ts';

export function readDictionary(fields: Fields, name: string): Dictionary | undefined {
  const value = fieldValue(fields, name);
  return value === undefined ? undefined : dictionaryOf(value);
}

/** An empty dictionary is an absent field (§3.2): undefined as well. */
export function dictionaryOf(value: string): Dictionary | undefined {
  const dictionary = attempt(parseDictionary, value);
  return dictionary?.size === 0 ? undefined : dictionary;
}

/** A list of Strings; a member of any other type makes the whole field invalid. Parameters are ignored. */
export function readStrings(fields: Fields, name: string): readonly string[] | undefined {
  const value = fieldValue(fields, name);
  if (value === undefined) return undefined;
  const members = attempt(parseList, value)?.map(([member]) => member);
  return members?.every(member => typeof member === 'string') ? members : undefined;
}

function attempt<Value>(parse: (value: string) => Value, value: string): Value | undefined {
  try {
    return parse(value);
  } catch {
    return undefined;
  }
}
