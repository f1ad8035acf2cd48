/**
 * Puts together what was found into the report.
 *
 * Shape   (Snapshot, Findings) -> Report
 */

import type { Advice, ChosenIndex } from '../advise/advise.ts';
import type { UnindexedForeignKey } from '../findings/foreign-keys.ts';
import type { Redundant } from '../findings/redundant.ts';
import type { Unused } from '../findings/unused.ts';
import { createIndexSql } from '../index-sql.ts';
import { nameIndex } from '../migration/name-index.ts';
import type { Planner } from '../planner.ts';
import type { Gap, RelationName, Snapshot } from '../snapshot.ts';
import { totalBefore } from '../workload/open-workload.ts';
import { confidenceOf } from './confidence.ts';
import { adviseConnections } from './connections.ts';
import type { Proposal, Report } from './schema.ts';
import { frontierOf, summaryOf } from './summary.ts';
import { savingsByStatement, type WholeStatement, wholeStatements } from './whole-statements.ts';

export interface Findings {
  /** Undefined where no planner could be had. */
  readonly advice: Advice | undefined;
  readonly planner: Planner['name'] | undefined;
  readonly unused: Unused;
  readonly redundant: readonly Redundant[];
  readonly foreignKeys: readonly UnindexedForeignKey[];
  readonly budgetBytes: number;
  readonly dataBytes: number;
  readonly gaps: readonly Gap[];
  /** Worth saying, but the analysis is whole without. */
  readonly notes: readonly Gap[];
}

export function buildReport(snapshot: Snapshot, findings: Findings): Report {
  const { advice, unused } = findings;
  const observedDays = unused.kind === 'known' ? Math.floor(unused.observedMs / 86_400_000) : 0;
  return {
    format: 1,
    takenAt: snapshot.takenAt,
    isPartial: findings.gaps.length > 0,
    database: {
      name: snapshot.server.database,
      versionNumber: snapshot.server.versionNumber,
      dataBytes: findings.dataBytes,
    },
    planner: findings.planner ?? null,
    budgetBytes: findings.budgetBytes,
    summary: summaryOf(snapshot.workload.length, advice),
    proposals: advice?.chosen.map(chosen => proposalOf(chosen, advice, { snapshot, ...findings })) ?? [],
    queries: advice ? wholeStatements(advice.items, advice.after).map(whole => queryOf(whole, advice)) : [],
    frontier: frontierOf(advice),
    unused:
      unused.kind === 'known'
        ? unused.indexes.map(index => ({
            index: shown(index),
            table: shown(index.table),
            bytes: index.bytes,
            observedDays,
          }))
        : [],
    redundant: findings.redundant.map(({ index, by, kind, byProposal }) => ({
      index: shown(index),
      by: byProposal ? by.name : shown(by),
      kind,
      bytes: index.bytes,
      byProposal,
    })),
    foreignKeys: findings.foreignKeys.map(({ constraint, deletes, pages }) => ({
      constraint: constraint.name,
      table: shown(constraint.table),
      columns: [...constraint.columns],
      deletes,
      pages,
    })),
    connections: [...adviseConnections(snapshot.connections)],
    skipped: skippedOf(advice),
    gaps: [...findings.gaps],
    notes: [...findings.notes],
  };
}

export const shown = ({ schema, name }: RelationName): string => `${schema}.${name}`;

interface Known {
  readonly snapshot: Snapshot;
  readonly planner: Planner['name'] | undefined;
}

function proposalOf(chosen: ChosenIndex, advice: Advice, { snapshot, planner = 'real' }: Known): Proposal {
  const { definition, bytes, saved, writes, savings } = chosen;
  const name = nameIndex(definition);
  const costBefore = totalBefore(advice.items);
  return {
    name,
    table: shown(definition.table),
    definition: createIndexSql(definition, { name }),
    bytes,
    savedShare: costBefore > 0 ? saved / costBefore : 0,
    writes,
    ...confidenceOf(chosen, { snapshot, items: advice.items, planner }),
    statements: [...savingsByStatement(advice.items, savings)],
  };
}

function queryOf(
  { item, calls, totalMs, before, after, used }: WholeStatement,
  advice: Advice,
): Report['queries'][number] {
  const names = new Map(advice.chosen.map(({ id, definition }) => [id, nameIndex(definition)]));
  return {
    id: item.statement.id,
    fingerprint: item.fingerprint,
    sql: item.sql,
    calls,
    totalMs: totalMs ?? null,
    before,
    after,
    uses: used.flatMap(id => names.get(id) ?? []),
  };
}

function skippedOf(advice: Advice | undefined): Report['skipped'] {
  return [...Map.groupBy(advice?.skipped ?? [], ({ reason }) => reason)].map(([reason, group]) => ({
    reason,
    count: group.length,
    calls: group.reduce((sum, { calls }) => sum + calls, 0),
    example: `${group[0]?.id ?? ''}: ${group[0]?.why ?? ''}`,
  }));
}
