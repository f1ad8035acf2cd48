import { expect, it } from 'vitest';
import { nightFigures, nightMetrics } from '../../../functions/analyze-queries/analysis-metrics.ts';
import { formatEmf } from '../../../shared/monitoring/emf.ts';

const statement = (calls: number, totalMs: number | undefined) => ({
  id: `${calls}`,
  sql: 'SELECT 1',
  calls,
  totalMs,
  rows: undefined,
  normalized: true,
});
const report = (proposals: number, relativeCost: number) =>
  ({ proposals: Array.from({ length: proposals }, () => ({})), summary: { relativeCost } }) as never;

it('tells the average of all calls, and how many kinds of statements are slower than a tenth of a second', () => {
  const workload = [statement(100, 100), statement(1, 100), statement(2, 199), statement(7, undefined)];
  const connections = { active: 3, idle: 5, idleInTransaction: 2, allowed: 40 };
  expect(nightFigures({ workload, connections }, report(2, 40))).toEqual({
    statements: 4,
    slowQueries: 1,
    averageMs: 399 / 103,
    connectionsUsedPercent: 25,
    proposals: 2,
    savedPercent: 60,
  });
});

it('leaves out what the server does not tell, and what would be no metric', () => {
  const figures = nightFigures({ workload: [], connections: undefined }, report(0, 100));
  expect(JSON.parse(formatEmf(nightMetrics(figures, 1_000)))).toEqual({
    _aws: {
      Timestamp: 1_000,
      CloudWatchMetrics: [
        {
          Namespace: 'Headrace',
          Dimensions: [['function']],
          Metrics: ['StatementsSeen', 'StatementsSlow', 'IndexProposals']
            .map(Name => ({ Name, Unit: 'Count' }))
            .concat({
              Name: 'IndexSaving',
              Unit: 'Percent',
            }),
        },
      ],
    },
    function: 'analyze-queries',
    StatementsSeen: 0,
    StatementsSlow: 0,
    IndexProposals: 0,
    IndexSaving: 0,
  });
});
