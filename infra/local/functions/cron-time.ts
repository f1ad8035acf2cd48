/**
 * When an EventBridge cron expression is due: six fields, minutes hours day-of-month month day-of-week year, in UTC.
 *
 * Shape   expression, instant -> the next minute that fits, after the instant | undefined when there is none within five years
 * Units   epoch ms
 * Errors  RangeError for a field that cannot be read; L, W and # are not among what is read here
 * Source  EventBridge Scheduler User Guide, "Cron-based schedules": days of the week count from 1, Sunday
 */

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const LOOKED_AHEAD_DAYS = 5 * 366;

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const DAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');

/** Least and greatest value of each field, and its names, where it has some. */
const FIELDS = [
  { least: 0, most: 59 },
  { least: 0, most: 23 },
  { least: 1, most: 31 },
  { least: 1, most: 12, names: MONTHS },
  { least: 1, most: 7, names: DAYS },
  { least: 1970, most: 2199 },
] as const;

export function nextDueAt(expression: string, after: number): number | undefined {
  const [minutes, hours, dates, months, days, years] = parse(expression);
  const begin = (Math.floor(after / MINUTE_MS) + 1) * MINUTE_MS;
  const today = Math.floor(begin / DAY_MS) * DAY_MS;
  for (let day = today; day < today + LOOKED_AHEAD_DAYS * DAY_MS; day += DAY_MS) {
    const at = new Date(day);
    const fits =
      years?.has(at.getUTCFullYear()) &&
      months?.has(at.getUTCMonth() + 1) &&
      dates?.has(at.getUTCDate()) &&
      days?.has(at.getUTCDay() + 1);
    const due = fits ? firstOf(day, begin, { minutes, hours }) : undefined;
    if (due !== undefined) return due;
  }
  return undefined;
}

type Numbers = ReadonlySet<number> | undefined;

function firstOf(day: number, begin: number, { minutes, hours }: { minutes: Numbers; hours: Numbers }) {
  for (const hour of hours ?? [])
    for (const minute of minutes ?? []) {
      const at = day + (hour * 60 + minute) * MINUTE_MS;
      if (at >= begin) return at;
    }
  return undefined;
}

function parse(expression: string): readonly Numbers[] {
  const texts = expression.trim().split(/\s+/);
  if (texts.length !== FIELDS.length) throw new RangeError(`${expression} has not six fields`);
  return FIELDS.map((field, at) => parseField(texts[at] ?? '', field));
}

interface Field {
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

/** In ascending order. */
function parseField(text: string, field: Field): ReadonlySet<number> {
  const numbers = text.split(',').flatMap(part => parsePart(part, field));
  return new Set(numbers.sort((left, right) => left - right));
}

function parsePart(part: string, { least, most, names = [] }: Field): number[] {
  const [, range = '', step = '1'] = /^([^/]+)(?:\/(\d+))?$/.exec(part) ?? [];
  const numberOf = (text: string) => (names.includes(text) ? names.indexOf(text) + 1 : Number(text));
  const open = range === '*' || range === '?';
  const [first = '', last] = range.split('-');
  const from = open ? least : numberOf(first);
  const to = open || (part.includes('/') && last === undefined) ? most : numberOf(last ?? first);
  const sound = Number.isInteger(from) && Number.isInteger(to) && from >= least && to <= most && from <= to;
  if (!sound || Number(step) < 1) throw new RangeError(`${part} is no part of a cron expression`);
  return Array.from(
    { length: Math.floor((to - from) / Number(step)) + 1 },
    (_, at) => from + at * Number(step),
  );
}
