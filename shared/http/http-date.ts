/**
 * Reads and writes HTTP-dates by their exact grammar, which `Date.parse` does not know.
 *
 * Letter case is ignored, as a cache should (RFC 9111 §4.2), and so is a weekday that does not belong to the date: the
 * instant is unambiguous without it. Everything else must fit: GMT only, two-digit hours, days the month has.
 *
 * Shape   'Sun, 06 Nov 1994 08:49:37 GMT' | 'Sunday, 06-Nov-94 08:49:37 GMT' | 'Sun Nov  6 08:49:37 1994' <-> instant
 * Units   epoch ms
 * Errors  none (total): undefined for what is no HTTP-date
 * Source  RFC 9110 §5.6.7; RFC 9111 §4.2
 */

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH = `(${MONTHS.join('|')})`;
const TIME = '([01]\\d|2[0-3]):([0-5]\\d):([0-5]\\d|60)';
const IMF_FIXDATE = new RegExp(
  `^(?:mon|tue|wed|thu|fri|sat|sun), (\\d\\d) ${MONTH} (\\d{4}) ${TIME} gmt$`,
  'i',
);
const RFC_850 = new RegExp(
  `^(?:mon|tues|wednes|thurs|fri|satur|sun)day, (\\d\\d)-${MONTH}-(\\d\\d) ${TIME} gmt$`,
  'i',
);
const ASCTIME = new RegExp(`^(?:mon|tue|wed|thu|fri|sat|sun) ${MONTH} (\\d\\d| \\d) ${TIME} (\\d{4})$`, 'i');

const FIRST_WRITABLE_AT = -62_167_219_200_000;
const LAST_WRITABLE_AT = 253_402_300_799_999;

/** `now` decides the century of a two-digit year. */
export function parseHttpDate(value: string, now: number): number | undefined {
  const imf = IMF_FIXDATE.exec(value);
  if (imf !== null) {
    const [, day = '', month = '', year = '', ...time] = imf;
    return instantOf({ year: Number(year), month, day, time });
  }
  const asctime = ASCTIME.exec(value);
  if (asctime !== null) {
    const [, month = '', day = '', hour = '', minute = '', second = '', year = ''] = asctime;
    return instantOf({ year: Number(year), month, day, time: [hour, minute, second] });
  }
  return parseRfc850(value, now);
}

export function formatHttpDate(instant: number): string {
  const writable = Math.min(Math.max(instant, FIRST_WRITABLE_AT), LAST_WRITABLE_AT);
  return new Date(writable).toUTCString();
}

interface DateParts {
  readonly year: number;
  readonly month: string;
  readonly day: string;
  readonly time: readonly string[];
}

/** A year that looks more than 50 years ahead is the last past one with the same two digits. */
function parseRfc850(value: string, now: number): number | undefined {
  const match = RFC_850.exec(value);
  if (match === null) return undefined;
  const [, day = '', month = '', shortYear = '', ...time] = match;
  const thisYear = new Date(now).getUTCFullYear();
  const ahead = (((Number(shortYear) - thisYear) % 100) + 100) % 100;
  const parts = { year: thisYear + ahead, month, day, time };
  return isBeyondFiftyYears(parts, now) ? instantOf({ ...parts, year: parts.year - 100 }) : instantOf(parts);
}

function isBeyondFiftyYears(parts: DateParts, now: number): boolean {
  const limit = new Date(now).setUTCFullYear(new Date(now).getUTCFullYear() + 50);
  return utcOf(parts) > limit;
}

function instantOf(parts: DateParts): number | undefined {
  const instant = utcOf(parts);
  return new Date(instant).getUTCDate() === Number(parts.day) ? instant : undefined;
}

/** A leap second is counted as the second before it: the nearest earlier instant we can represent (RFC 9111 §4.2). */
function utcOf({ year, month, day, time }: DateParts): number {
  const [hour = 0, minute = 0, second = 0] = time.map(Number);
  const date = new Date(0);
  date.setUTCFullYear(year, MONTHS.indexOf(month.toLowerCase()), Number(day));
  return date.setUTCHours(hour, minute, Math.min(second, 59));
}
