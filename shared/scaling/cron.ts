/**
 * Whether AWS takes a cron expression: six fields, minutes hours day-of-month month day-of-week year. A range goes upwards:
 * that one from Friday to Monday is taken is nowhere promised.
 *
 * Shape   '0 8 ? * MON-FRI *' -> undefined | what is wrong with it
 * Errors  none (total)
 * Source  EventBridge User Guide, "Cron expressions"; Application Auto Scaling User Guide, "Schedule recurring scaling actions
 *         using cron expressions": of the two days one is ?, and only one
 */

import { lazy } from '../primitives/lazy.ts';

export function refuseCron(text: string): string | undefined {
  const fields = text.split(' ');
  if (fields.length !== FIELDS().length)
    return 'is not six fields: minutes hours days months weekdays years, a space between them';
  const wrong = FIELDS().find((field, at) => !isField(fields[at] ?? '', field));
  if (wrong) return `has ${wrong.name} that are not from ${wrong.least} to ${wrong.most}`;
  const [, , days, , weekdays] = fields;
  return (days === '?') === (weekdays === '?') ? 'must have ? for the days or for the weekdays' : undefined;
}

interface Field {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Of its values, from the least on. */
  readonly words?: readonly string[];
  /** What stands for one value, besides. */
  readonly special?: RegExp;
}

const FIELDS = lazy((): readonly Field[] => [
  { name: 'minutes', least: 0, most: 59 },
  { name: 'hours', least: 0, most: 23 },
  { name: 'days', least: 1, most: 31, special: /^(\?|L|LW|\d{1,2}W)$/ },
  {
    name: 'months',
    least: 1,
    most: 12,
    words: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
  },
  {
    name: 'weekdays',
    least: 1,
    most: 7,
    words: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
    special: /^(\?|L|[1-7]L|[1-7]#[1-5])$/,
  },
  { name: 'years', least: 1970, most: 2199 },
]);

function isField(text: string, field: Field): boolean {
  return field.special?.test(text) || text.split(',').every(part => isPart(part, field));
}

/** *, 5, 1-5, MON-FRI, and each with a step behind it. */
function isPart(part: string, field: Field): boolean {
  const [range = '', step, ...rest] = part.split('/');
  if (rest.length > 0 || (step !== undefined && !/^[1-9]\d*$/.test(step))) return false;
  if (range === '*') return true;
  const ends = range.split('-').map(end => numberOf(end, field));
  const [from, to = from] = ends;
  return ends.length <= 2 && from !== undefined && to !== undefined && from <= to;
}

function numberOf(text: string, { least, most, words = [] }: Field): number | undefined {
  const word = words.indexOf(text.toUpperCase());
  const value = word >= 0 ? least + word : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : undefined;
}
