/**
 * Chance that is the same in every run: each value is drawn by hashing the row's own number with a salt.
 *
 * Shape   words, number, salt -> SQL expressions for use inside a generate_series
 * Source  PostgreSQL's hashint4extended, whose results are the same on every machine of a kind; tables are partitioned by it
 */

export const PICKING = `
CREATE OR REPLACE FUNCTION pg_temp.draw(number integer, salt integer, below integer) RETURNS integer LANGUAGE sql IMMUTABLE
  AS $$ SELECT abs(hashint4extended(number, salt) % below)::integer $$;
CREATE OR REPLACE FUNCTION pg_temp.pick(words text[], number integer, salt integer) RETURNS text LANGUAGE sql IMMUTABLE
  AS $$ SELECT words[1 + abs(hashint4extended(number, salt) % cardinality(words))] $$;
`;

/** 0 ≤ drawn < below. */
export function draw(number: string, salt: number, below: number): string {
  return `pg_temp.draw(${number}, ${salt}, ${below})`;
}

/** Most draws are small: the first one in a hundred gets a tenth of all. */
export function drawSkewed(number: string, salt: number, below: number): string {
  return `(${below} * pow(${draw(number, salt, 1_000_000)} / 1e6, 2))::integer % ${below}`;
}

export function pick(words: readonly string[], number: string, salt: number): string {
  return `pg_temp.pick(${textArray(words)}, ${number}, ${salt})`;
}

/** An instant within the year after `from`. */
export function instant(from: string, number: string, salt: number): string {
  return `timestamptz '${from}' + make_interval(mins => ${draw(number, salt, MINUTES_OF_A_YEAR)})`;
}

const MINUTES_OF_A_YEAR = 525_600;

export function textArray(words: readonly string[]): string {
  return `ARRAY[${words.map(text).join(', ')}]::text[]`;
}

export function text(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
