/**
 * Reads INSERT, UPDATE, DELETE and MERGE: what is written, and how its rows are found.
 *
 * Shape   (statement, surroundings, outer scope) -> the surroundings know writes and uses; nothing of it is filtered from outside
 */

import type { MergeStmt, Node, RangeVar } from 'libpg-query';
import type { WrittenColumns } from './access.ts';
import { readConditions } from './conditions.ts';
import { readExpressions } from './expressions.ts';
import { readFrom, readName } from './from.ts';
import { readWhole, type Scope } from './scope.ts';
import { withNamed } from './select.ts';
import type { Surroundings } from './surroundings.ts';

export function readWriting(statement: Node, around: Surroundings, outer?: Scope): void {
  if ('InsertStmt' in statement) {
    const { relation, selectStmt, withClause } = statement.InsertStmt;
    noteWrite('insert', relation, { around });
    around.readAny(selectStmt, withNamed(withClause, around, outer), outer);
  }
  if ('UpdateStmt' in statement) {
    const {
      relation,
      targetList = [],
      fromClause: from = [],
      whereClause,
      withClause,
    } = statement.UpdateStmt;
    noteWrite('update', relation, { around, columns: namesOf(targetList) });
    const values = targetList.flatMap(node => ('ResTarget' in node ? [node.ResTarget.val] : []));
    readFound({ relation, from, whereClause, values }, withNamed(withClause, around, outer), outer);
  }
  if ('DeleteStmt' in statement) {
    const { relation, usingClause: from = [], whereClause, withClause } = statement.DeleteStmt;
    noteWrite('delete', relation, { around });
    readFound({ relation, from, whereClause, values: [] }, withNamed(withClause, around, outer), outer);
  }
  if ('MergeStmt' in statement) readMerge(statement.MergeStmt, around, outer);
}

/** Which of its branches a row takes is not known, so every one counts. */
function readMerge(merge: MergeStmt, around: Surroundings, outer?: Scope): void {
  const { relation, sourceRelation, joinCondition: whereClause, mergeWhenClauses = [], withClause } = merge;
  for (const node of mergeWhenClauses) {
    if (!('MergeWhenClause' in node)) continue;
    const { commandType = 'CMD_NOTHING', targetList = [] } = node.MergeWhenClause;
    const kind = MERGED[commandType];
    if (kind) noteWrite(kind, relation, { around, columns: kind === 'update' ? namesOf(targetList) : [] });
  }
  const from = sourceRelation ? [sourceRelation] : [];
  const inside = withNamed(withClause, around, outer);
  readFound({ relation, from, whereClause, values: mergeWhenClauses }, inside, outer);
}

const MERGED: Readonly<Record<string, WrittenColumns['kind']>> = {
  CMD_INSERT: 'insert',
  CMD_UPDATE: 'update',
  CMD_DELETE: 'delete',
};

const namesOf = (targets: readonly Node[]): readonly string[] =>
  targets.flatMap(node => ('ResTarget' in node ? [node.ResTarget.name ?? ''] : []));

interface Found {
  readonly relation: RangeVar | undefined;
  readonly from: readonly Node[];
  readonly whereClause: Node | undefined;
  readonly values: readonly (Node | undefined)[];
}

/** A write finds its rows as a SELECT of all columns would, so no index alone can answer it. */
function readFound(
  { relation, from, whereClause, values }: Found,
  around: Surroundings,
  outer?: Scope,
): void {
  const scope: Scope = { sources: [], named: around.named, outer };
  if (relation) readName(relation, scope, around);
  const [target] = scope.sources;
  if (target) readWhole(target);
  for (const item of from) readFrom(item, scope, around);
  const reading = { scope, parser: around.parser };
  readConditions(whereClause, reading);
  readExpressions([whereClause, ...values], reading, around);
}

interface WriteNote {
  readonly around: Surroundings;
  /** @default none */
  readonly columns?: readonly string[];
}

function noteWrite(
  kind: WrittenColumns['kind'],
  name: RangeVar | undefined,
  { around, columns = [] }: WriteNote,
): void {
  const relation = around.catalogue.relation(name?.schemaname, name?.relname ?? '');
  if (relation) around.found.writes.push({ relation, kind, columns });
}
