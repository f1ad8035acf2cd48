/**
 * What a night found, as metrics: how many statements are slow, how long one takes on average, how full the connections are,
 * what is proposed.
 *
 * Shape   (Snapshot since the last night, Report) -> NightFigures -> EmfLine
 * Units   ms; percent
 */

import type { EmfLine, EmfValue } from '../../shared/monitoring/emf.ts';
import type { Report } from '../../shared/query-optimizer/report/schema.ts';
import type { Snapshot, Statement } from '../../shared/query-optimizer/snapshot.ts';

export interface NightFigures {
  readonly statements: number;
  /** Kinds of statements that take longer than that on average. */
  readonly slowQueries: number;
  /** Of a call; undefined where the server measures no time. */
  readonly averageMs: number | undefined;
  /** Of the connections that the server allows. */
  readonly connectionsUsedPercent: number | undefined;
  readonly proposals: number;
  /** Of what the workload costs today, by the planner. */
  readonly savedPercent: number;
}

const SLOW_MS = 100;

export function nightFigures(
  { workload, connections }: Pick<Snapshot, 'workload' | 'connections'>,
  { proposals, summary }: Pick<Report, 'proposals' | 'summary'>,
): NightFigures {
  const timed = workload.filter(({ totalMs, calls }) => totalMs !== undefined && calls > 0);
  const used = connections && connections.active + connections.idle + connections.idleInTransaction;
  return {
    statements: workload.length,
    slowQueries: timed.filter(statement => meanMs([statement]) >= SLOW_MS).length,
    averageMs: timed.length > 0 ? meanMs(timed) : undefined,
    connectionsUsedPercent: connections && used && (100 * used) / connections.allowed,
    proposals: proposals.length,
    savedPercent: Math.max(0, 100 - summary.relativeCost),
  };
}

function meanMs(statements: readonly Statement[]): number {
  const sum = (of: (statement: Statement) => number) =>
    statements.reduce((total, statement) => total + of(statement), 0);
  return sum(({ totalMs }) => totalMs ?? 0) / sum(({ calls }) => calls);
}

export function nightMetrics(figures: NightFigures, at: number): EmfLine {
  const { averageMs, connectionsUsedPercent } = figures;
  const value = (number: number, unit: EmfValue['unit']): EmfValue => ({ value: number, unit });
  return {
    namespace: 'Headrace',
    at,
    dimensions: { function: 'analyze-queries' },
    metrics: {
      StatementsSeen: value(figures.statements, 'Count'),
      StatementsSlow: value(figures.slowQueries, 'Count'),
      IndexProposals: value(figures.proposals, 'Count'),
      IndexSaving: value(figures.savedPercent, 'Percent'),
      ...(averageMs !== undefined && { StatementAverage: value(averageMs, 'Milliseconds') }),
      ...(connectionsUsedPercent !== undefined && {
        ConnectionsUsed: value(connectionsUsedPercent, 'Percent'),
      }),
    },
  };
}
