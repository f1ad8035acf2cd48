/**
 * What a statement asks of each relation, by the parser's tree and the catalogue.
 *
 * Shape   (SQL, { parser, catalogue }) -> understood | utility | invalid
 * Errors  none: what cannot be understood is said, and the rest goes on
 */

import type { Node, RangeVar } from 'libpg-query';
import type { Access, WrittenColumns } from './access.ts';
import type { Catalogue } from './catalogue.ts';
import { readConditions } from './conditions.ts';
import { readExpressions } from './expressions.ts';
import { readFrom, readName } from './from.ts';
import type { Outputs, Scope } from './scope.ts';
import { readSelect, withNamed } from './select.ts';
import type { SqlParser } from './sql-parser.ts';
import type { Found, Surroundings } from './surroundings.ts';
import { selectOf } from './tree.ts';
import { accessOf } from './use.ts';

export type Understanding =
  | {
      readonly kind: 'understood';
      readonly accesses: readonly Access[];
      readonly writes: readonly WrittenColumns[];
      /** Names that the snapshot does not have. */
      readonly unknown: readonly string[];
    }
  /** Neither reads nor writes rows: BEGIN, SET, CREATE … */
  | { readonly kind: 'utility' }
  | { readonly kind: 'invalid'; readonly isCut: boolean; readonly why: string };

export interface UnderstandDeps {
  readonly parser: SqlParser;
  readonly catalogue: Catalogue;
}

export function understand(sql: string, { parser, catalogue }: UnderstandDeps): Understanding {
  const parsed = parser.parse(sql);
  if (parsed.kind === 'invalid') return parsed;
  const [statement, ...others] = parsed.statements;
  if (!statement || others.length > 0 || !isQuery(statement)) return { kind: 'utility' };
  const found: Found = { uses: [], writes: [], unknown: new Set() };
  readStatement(statement, { catalogue, parser, named: new Map(), found, depth: 0, readAny: readStatement });
  const accesses = found.uses.map(accessOf);
  return { kind: 'understood', accesses, writes: found.writes, unknown: [...found.unknown] };
}

const isQuery = (node: Node): boolean =>
  ['SelectStmt', 'InsertStmt', 'UpdateStmt', 'DeleteStmt'].some(kind => kind in node);

function readStatement(statement: Node | undefined, around: Surroundings, outer?: Scope): Outputs {
  const select = selectOf(statement);
  if (select) return readSelect(select, around, outer);
  if (statement && 'InsertStmt' in statement) {
    const { relation, selectStmt, withClause } = statement.InsertStmt;
    noteWrite('insert', relation, { around, columns: [] });
    return readStatement(selectStmt, withNamed(withClause, around, outer), outer);
  }
  if (statement && 'UpdateStmt' in statement) {
    const { relation, targetList = [], fromClause = [], whereClause, withClause } = statement.UpdateStmt;
    const columns = targetList.flatMap(node => ('ResTarget' in node ? [node.ResTarget.name ?? ''] : []));
    noteWrite('update', relation, { around, columns });
    const values = targetList.flatMap(node => ('ResTarget' in node ? [node.ResTarget.val] : []));
    readWrite(
      { relation, from: fromClause, whereClause, values },
      withNamed(withClause, around, outer),
      outer,
    );
  }
  if (statement && 'DeleteStmt' in statement) {
    const { relation, usingClause = [], whereClause, withClause } = statement.DeleteStmt;
    noteWrite('delete', relation, { around, columns: [] });
    readWrite(
      { relation, from: usingClause, whereClause, values: [] },
      withNamed(withClause, around, outer),
      outer,
    );
  }
  return new Map();
}

interface Write {
  readonly relation: RangeVar | undefined;
  readonly from: readonly Node[];
  readonly whereClause: Node | undefined;
  readonly values: readonly (Node | undefined)[];
}

/** A write finds its rows as a SELECT of all columns would, so no index alone can answer it. */
function readWrite(
  { relation, from, whereClause, values }: Write,
  around: Surroundings,
  outer?: Scope,
): void {
  const scope: Scope = { sources: [], named: around.named, outer };
  if (relation) readName(relation, scope, around);
  const [target] = scope.sources;
  if (target?.kind === 'relation')
    for (const { name } of target.use.relation.columns) target.use.columns.add(name);
  for (const item of from) readFrom(item, scope, around);
  const reading = { scope, parser: around.parser };
  readConditions(whereClause, reading);
  readExpressions([whereClause, ...values], reading, around);
}

interface WriteNote {
  readonly around: Surroundings;
  readonly columns: readonly string[];
}

function noteWrite(
  kind: WrittenColumns['kind'],
  name: RangeVar | undefined,
  { around, columns }: WriteNote,
): void {
  const relation = around.catalogue.relation(name?.schemaname, name?.relname ?? '');
  if (relation) around.found.writes.push({ relation, kind, columns });
}
