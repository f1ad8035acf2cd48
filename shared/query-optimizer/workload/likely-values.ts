/**
 * Gives parameters whose generic estimate misleads a likely value. `LIMIT $2` gets the number of rows that the statement returned
 * on average: a generic plan takes a tenth of the table for it, and no index in order would ever pay. A bound on one side gets
 * one from the histogram (likely-ranges.ts). Parameters that stay keep to the generic plan, and where few values have most rows, some
 * of the calls are judged by such a value (common-values.ts).
 *
 * Shape   `… LIMIT $2 OFFSET $3` -> `… LIMIT 20 OFFSET 0`, the other parameters numbered anew; shares of the calls sum to 1
 * Source  PostgreSQL, preprocess_limit in planner.c
 */

import type { Node } from 'libpg-query';
import type { Statement } from '../snapshot.ts';
import type { SqlParser } from '../sql/sql-parser.ts';
import { walk } from '../sql/tree.ts';
import { commonValues } from './common-values.ts';
import { type LikelyRangesDeps, likelyRanges } from './likely-ranges.ts';

export type Explained = Pick<Statement, 'id' | 'sql' | 'normalized'>;

const USUAL_PAGE = 20;

export interface LikelyValuesDeps extends LikelyRangesDeps {
  readonly parser: SqlParser;
}

export interface Variant {
  readonly statement: Explained;
  /** Of the calls. */
  readonly share: number;
}

/** The ordinary one first. */
export function variantsOf(statement: Statement, deps: LikelyValuesDeps): readonly [Variant, ...Variant[]] {
  const { id, sql, normalized } = statement;
  const parsed = normalized ? deps.parser.parse(sql) : undefined;
  if (parsed?.kind !== 'parsed') return [{ statement: { id, sql, normalized }, share: 1 }];
  const values = { rows: rowsOf(statement), literals: likelyRanges(parsed.statements, deps) };
  const variant = (share: number, literals: ReadonlyMap<number, string>): Variant => ({
    statement: { id, sql: replaced(sql, placesOf(parsed.statements, { ...values, literals })), normalized },
    share,
  });
  const common = commonValues(parsed.statements, deps);
  const rest = 1 - common.reduce((sum, { share }) => sum + share, 0);
  return [
    variant(rest, values.literals),
    ...common.map(({ share, literals }) => variant(share, new Map([...values.literals, ...literals]))),
  ];
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

interface Values {
  readonly rows: number;
  readonly literals: ReadonlyMap<number, string>;
}

function placesOf(statements: readonly Node[], { rows, literals }: Values): readonly Place[] {
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
        value: values.get(node) ?? literals.get(node.ParamRef.number ?? 0),
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
  if (places.every(({ value }) => value === undefined)) return sql;
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
