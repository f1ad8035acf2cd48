/**
 * How old a response is: when it arrived, and now.
 *
 * The age comes from Age and from our own clock, so a wrong clock at the origin changes nothing (§4.2.3 allows it). Only
 * where a hop spoke HTTP/1.0, which may have stored a response without saying its age, is Date believed as well.
 *
 * Units   instants epoch ms; ages seconds
 * Errors  none (total); never negative
 * Source  RFC 9111 §4.2.3, §5.1
 */
import { type Fields, fieldValue } from './fields.ts';
import { MAX_DELTA_SECONDS, parseDeltaSeconds, trimWhitespace } from './grammar.ts';
import { parseHttpDate } from './http-date.ts';

export interface AgeInput {
  readonly fields: Fields;
  readonly requestedAt: number;
  readonly receivedAt: number;
}

/** The corrected initial age of §4.2.3. */
export function computeInitialAge({ fields, requestedAt, receivedAt }: AgeInput): number {
  const responseDelay = Math.max(0, (receivedAt - requestedAt) / 1000);
  const correctedAge = ageValue(fields) + responseDelay;
  const apparentAge = passedOldCache(fields) ? secondsSinceDate(fields, receivedAt) : 0;
  return Math.min(Math.max(correctedAge, apparentAge), MAX_DELTA_SECONDS);
}

/** What the age of a stored response grows from. */
export interface Arrival {
  readonly receivedAt: number;
  readonly initialAgeSeconds: number;
}

/** The current age of §4.2.3, with its fraction. */
export function computeAge(arrival: Arrival, now: number): number {
  const residentTime = Math.max(0, (now - arrival.receivedAt) / 1000);
  return Math.min(arrival.initialAgeSeconds + residentTime, MAX_DELTA_SECONDS);
}

/** What the Age field says: whole seconds. */
export function currentAgeSeconds(arrival: Arrival, now: number): number {
  return Math.floor(computeAge(arrival, now));
}

/** The first member counts; a malformed one is ignored (§5.1). */
function ageValue(fields: Fields): number {
  const [first = ''] = (fieldValue(fields, 'age') ?? '').split(',', 1);
  return parseDeltaSeconds(trimWhitespace(first)) ?? 0;
}

function passedOldCache(fields: Fields): boolean {
  return /(?:^|,)[ \t]*(?:http\/)?[01]\.0[ \t]/i.test(fieldValue(fields, 'via') ?? '');
}

function secondsSinceDate(fields: Fields, receivedAt: number): number {
  const date = parseHttpDate(fieldValue(fields, 'date') ?? '', receivedAt) ?? receivedAt;
  return Math.max(0, (receivedAt - date) / 1000);
}
