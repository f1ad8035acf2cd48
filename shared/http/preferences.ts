/**
 * One spelling for all lists of preferences that mean the same: small letters, the best first, weights in their shortest form.
 *
 * Of equal weights the order stays: many origins read it as an order of preference (§12.5.4).
 *
 * Shape   'en; q=0.50, DE' -> 'de,en;q=0.5'
 * Errors  none (total): what is no such list keeps its order and its words
 * Source  RFC 9110 §12.4.2, §12.5.2, §12.5.4
 */
import { splitList } from './grammar.ts';

export function normalizePreferences(value: string): string {
  const members = splitList(value.toLowerCase());
  const preferences = members.map(parsePreference);
  if (!preferences.every(preference => preference !== undefined)) return members.join(',');
  return preferences
    .sort((one, other) => other.weight - one.weight)
    .map(formatPreference)
    .join(',');
}

interface Preference {
  readonly name: string;
  readonly weight: number;
}

const PREFERENCE = /^([^\s;,]+)(?:[ \t]*;[ \t]*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?))?$/;

function parsePreference(member: string): Preference | undefined {
  const [, name, weight = '1'] = PREFERENCE.exec(member) ?? [];
  return name === undefined ? undefined : { name, weight: Number(weight) };
}

function formatPreference({ name, weight }: Preference): string {
  return weight === 1 ? name : `${name};q=${weight}`;
}
