/**
 * Tables and columns named as nobody should name them, by chance from a seed, and questions about them.
 *
 * Shape   seed, how many -> statements that make them, statements that ask
 */

import fc from 'fast-check';
import type { Statement } from '../../../shared/query-optimizer/snapshot.ts';

const PIECES = [
  '"',
  "'",
  ';',
  '--',
  '/*',
  '*/',
  '$$',
  '$1',
  '\\',
  '%',
  '\n',
  '\t',
  ' ',
  '.',
  '(',
  ')',
  'ü',
  '東',
  '🚰',
];
const WORDS = [
  'DROP TABLE victim',
  'select',
  'x',
  'USING',
  'WHERE',
  'concurrently',
  '::text',
  'E',
  'U&',
  '\u200b',
];
const MOST_BYTES = 63;

const name = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.constantFrom(...WORDS)), { minLength: 1, maxLength: 9 })
  .map(pieces => pieces.join(''))
  .filter(text => new TextEncoder().encode(text).length < MOST_BYTES);

const table = fc.record({
  names: fc.uniqueArray(name, { minLength: 4, maxLength: 4 }),
  value: fc.array(fc.constantFrom(...PIECES, ...WORDS), { maxLength: 6 }).map(pieces => pieces.join('')),
});

export function oddNames(
  seed: number,
  tables: number,
): {
  readonly schema: readonly string[];
  readonly statements: readonly Statement[];
} {
  const made = fc.sample(table, { numRuns: tables, seed }).map(({ names, value }, at) => {
    const [title = '', first = '', second = '', third = ''] = names.map(quote);
    // Two may be called the same: the number tells them apart.
    return {
      table: quote(`${at}${unquote(title)}`.slice(0, 40)),
      first,
      second,
      third,
      value: literal(value),
    };
  });
  return {
    schema: made.flatMap(({ table, first, second, third, value }) => [
      `CREATE TABLE ${table} (${first} text, ${second} integer, ${third} text)`,
      `INSERT INTO ${table} SELECT CASE WHEN n % 500 = 0 THEN ${value} ELSE 'v' || n % 700 END, n % 800, 'w' || n % 3
         FROM generate_series(1, 6000) n`,
    ]),
    statements: made.flatMap(({ table, first, second, third, value }, at) => [
      asked(`${at}a`, `SELECT ${second} FROM ${table} WHERE ${first} = ${value}`),
      asked(`${at}b`, `SELECT ${first} FROM ${table} WHERE ${second} = 17 AND ${third} = 'w1'`),
      asked(`${at}c`, `SELECT ${second} FROM ${table} WHERE lower(${first}) = lower(${value})`),
    ]),
  };
}

function asked(id: string, sql: string): Statement {
  return { id, sql, calls: 1_000, totalMs: undefined, rows: undefined, normalized: false };
}

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const unquote = (text: string): string => text.slice(1, -1).replaceAll('""', '"');
const literal = (text: string): string => `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
