/**
 * Gives parameters whose generic estimate misleads a likely value. `LIMIT $2` gets the number of rows that the statement returned
 * on average: a generic plan takes a tenth of the table for it, and no index in order would ever pay. A bound on one side gets
 * one from the histogram (likely-ranges.ts). Parameters that stay keep to the generic plan.
 *
 * Shape   `… LIMIT $2 OFFSET $3` -> `… LIMIT 20 OFFSET 0`, the other parameters numbered anew
 * Source  PostgreSQL, preprocess_limit in planner.c
 */

import type { Node } from 'libpg-query';
import type { Statement } from '../snapshot.ts';
import type { SqlParser } from '../sql/sql-parser.ts';
import { walk } from '../sql/tree.ts';
import { type LikelyRangesDeps, likelyRanges } from './likely-ranges.ts';

type Explained = Pick<Statement, 'id' | 'sql' | 'normalized'>;

const USUAL_PAGE = 20;

export interface LikelyValuesDeps extends LikelyRangesDeps {
  readonly parser: SqlParser;
}

export function withLikelyValues(statement: Statement, deps: LikelyValuesDeps): Explained {
  const { id, sql, normalized } = statement;
  const parsed = normalized ? deps.parser.parse(sql) : undefined;
  if (parsed?.kind !== 'parsed') return { id, sql, normalized };
  const places = placesOf(parsed.statements, rowsOf(statement), likelyRanges(parsed.statements, deps));
  return {
    id,
    sql: places.some(({ value }) => value !== undefined) ? replaced(sql, places) : sql,
    normalized,
  };
}

/** Of a first page: no statistics tell how far people turn over. */
function rowsOf({ rows, calls }: Statement): number {
  return rows === undefined || calls === 0 ? USUAL_PAGE : Math.max(1, Math.round(rows / calls));
}

interface Place {
  /** In bytes, as the parser counts. */
  readonly at: number;
  readonly number: number;
  readonly value: number | string | undefined;
}

function placesOf(
  statements: readonly Node[],
  rows: number,
  ranges: ReadonlyMap<number, string>,
): readonly Place[] {
  const values = new Map<Node, number>();
  const places: Place[] = [];
  walk(statements, node => {
    if ('SelectStmt' in node) {
      const { limitCount, limitOffset } = node.SelectStmt;
      for (const param of paramsIn(limitCount)) values.set(param, rows);
      for (const param of paramsIn(limitOffset)) values.set(param, 0);
    }
    return true;
  });
  walk(statements, node => {
    if ('ParamRef' in node)
      places.push({
        at: node.ParamRef.location ?? 0,
        number: node.ParamRef.number ?? 0,
        value: values.get(node) ?? ranges.get(node.ParamRef.number ?? 0),
      });
    return true;
  });
  return places.toSorted((left, right) => left.at - right.at);
}

function paramsIn(node: Node | undefined): readonly Node[] {
  const params: Node[] = [];
  walk(node, inner => {
    if ('ParamRef' in inner) params.push(inner);
    return true;
  });
  return params;
}

/** A parameter that is gone leaves no gap: Postgres would not know its type. */
function replaced(sql: string, places: readonly Place[]): string {
  const kept = [
    ...new Set(places.filter(({ value }) => value === undefined).map(({ number }) => number)),
  ].sort((left, right) => left - right);
  const bytes = new TextEncoder().encode(sql);
  const text = (from: number, to?: number) => new TextDecoder().decode(bytes.subarray(from, to));
  let [result, from] = ['', 0];
  for (const { at, number, value } of places) {
    result += text(from, at) + (value ?? `$${kept.indexOf(number) + 1}`);
    from = at + `$${number}`.length;
  }
  return result + text(from);
}
