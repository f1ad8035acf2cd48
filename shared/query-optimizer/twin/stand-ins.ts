/**
 * Finds the types and collations that a twin lacks, and gives each type a stand-in of text, so that the rest of its table plans.
 *
 * Shape   session, Snapshot -> { replacements, gaps }
 * Source  an extension's type (geometry, vector) has a name, and a modifier that text has not
 */

import { quoteIdentifier } from '../index-sql.ts';
import type { Session } from '../session.ts';
import type { Gap, Snapshot } from '../snapshot.ts';
import { runSteps } from './run-steps.ts';
import type { Replacements } from './steps.ts';

export async function makeStandIns(
  session: Session,
  snapshot: Snapshot,
): Promise<{ readonly replacements: Replacements; readonly gaps: readonly Gap[] }> {
  const columns = snapshot.relations.flatMap(relation => relation.columns);
  const types = await absent(session, [...new Set(columns.map(({ type }) => type))], 'to_regtype(name)');
  const named = columns.flatMap(({ collation }) => collation ?? []);
  const collations = await absent(session, [...new Set(named)], 'to_regcollation(name)');
  const bases = [...new Set(types.map(baseOf))];
  await runSteps(session, bases.flatMap(domainSteps));
  const replacements = {
    types: new Map(types.map(type => [type, `${baseOf(type)}${type.endsWith('[]') ? '[]' : ''}`])),
    collations: new Set(collations),
  };
  return { replacements, gaps: [...bases.map(typeGap), ...collations.map(collationGap)] };
}

/** A type that a domain or an enum of the user's was to be counts as well: whatever the twin does not know. */
async function absent(
  session: Session,
  names: readonly string[],
  lookUp: string,
): Promise<readonly string[]> {
  const rows = await session.query(
    `SELECT name FROM json_array_elements_text($1::text::json) AS name WHERE ${lookUp} IS NULL`,
    [JSON.stringify(names)],
  );
  return rows.map(({ name }) => String(name));
}

/** `public.geometry` of `public.geometry(Point,4326)[]`. */
const baseOf = (type: string): string => type.replace(/\[\]$/, '').replace(/\([^()]*\)$/, '');

function domainSteps(base: string) {
  const [schema] = /^("(?:[^"]|"")+"|[^."]+)\./.exec(base)?.slice(1) ?? [];
  const inSchema = schema?.startsWith('"') ? schema : schema && quoteIdentifier(schema);
  return [
    ...(inSchema ? [{ what: base, sql: `CREATE SCHEMA IF NOT EXISTS ${inSchema}` }] : []),
    { what: base, sql: `CREATE DOMAIN ${base} AS text` },
  ];
}

const typeGap = (type: string): Gap => ({
  part: `type ${type}`,
  why: 'The planner twin lacks this type: its columns are there as text, and statements that use its functions are not judged.',
  remedy: '--planner hypopg asks the database’s own planner.',
});

const collationGap = (collation: string): Gap => ({
  part: `collation ${collation}`,
  why: 'The planner twin lacks this collation: its columns are sorted by the default one.',
  remedy: '--planner hypopg asks the database’s own planner.',
});
