/**
 * The figures of a whole analysis: what the workload costs with and without, and what a part of the budget would buy.
 *
 * Shape   Advice -> the report's summary and frontier
 */

import type { Advice } from '../advise/advise.ts';
import { countStatements, totalBefore } from '../workload/open-workload.ts';
import type { Report } from './schema.ts';
import { wholeStatements } from './whole-statements.ts';

/** Of so many statements that the snapshot has. */
export function summaryOf(statements: number, advice: Advice | undefined): Report['summary'] {
  const items = advice?.items ?? [];
  const costBefore = totalBefore(items);
  const costs = wholeStatements(items, advice?.after ?? []);
  const costAfter = costs.reduce((sum, { calls, after }) => sum + calls * after, 0);
  const logs = costs.map(({ before, after }) => Math.log(Math.max(after, 1e-6) / Math.max(before, 1e-6)));
  return {
    statements,
    understood: costs.length,
    searched: countStatements(items.slice(0, advice?.searched ?? 0)),
    candidates: advice?.candidates ?? 0,
    plannerCalls: advice?.asked ?? 0,
    costBefore,
    costAfter,
    relativeCost: costBefore > 0 ? (100 * costAfter) / costBefore : 100,
    geometricMean: logs.length > 0 ? Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length) : 1,
    proposedBytes: (advice?.chosen ?? []).reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

export function frontierOf(advice: Advice | undefined): Report['frontier'] {
  const before = (advice?.items ?? []).slice(0, advice?.searched);
  const total = totalBefore(before);
  if (!advice || total === 0) return [];
  return advice.frontier.map(({ bytes, cost }) => ({ bytes, relativeCost: (100 * cost) / total }));
}
