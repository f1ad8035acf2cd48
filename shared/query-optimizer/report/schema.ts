/**
 * The report as data, for programs: report.json is exactly this.
 *
 * Shape   reportSchema() and the type it gives
 * Units   costs are the planner's; bytes; times ms, instants epoch ms
 */

import { z } from 'zod';
import { lazy } from '../../primitives/lazy.ts';

export const reportSchema = lazy(() =>
  z.strictObject({
    format: z.literal(1),
    takenAt: z.number(),
    /** What made it less than it could be: then the command ends with 3. */
    isPartial: z.boolean(),
    database: z.strictObject({ name: z.string(), versionNumber: z.number(), dataBytes: z.number() }),
    planner: z.enum(['twin', 'hypopg', 'real']).nullable(),
    budgetBytes: z.number(),
    summary: z.strictObject({
      statements: z.number(),
      understood: z.number(),
      searched: z.number(),
      candidates: z.number(),
      plannerCalls: z.number(),
      costBefore: z.number(),
      costAfter: z.number(),
      /** 100 is no change. */
      relativeCost: z.number(),
      /** Of each statement's cost with by without: no single one carries it. */
      geometricMean: z.number(),
      proposedBytes: z.number(),
    }),
    proposals: z.array(proposalSchema()),
    queries: z.array(querySchema()),
    /** What a part of the budget would buy, as far as plans are known. */
    frontier: z.array(z.strictObject({ bytes: z.number(), relativeCost: z.number() })),
    unused: z.array(
      z.strictObject({ index: z.string(), table: z.string(), bytes: z.number(), observedDays: z.number() }),
    ),
    redundant: z.array(
      z.strictObject({
        index: z.string(),
        by: z.string(),
        kind: z.enum(['duplicate', 'prefix']),
        bytes: z.number(),
        byProposal: z.boolean(),
      }),
    ),
    foreignKeys: z.array(
      z.strictObject({
        constraint: z.string(),
        table: z.string(),
        columns: z.array(z.string()),
        deletes: z.number(),
        pages: z.number(),
      }),
    ),
    connections: z.array(z.string()),
    skipped: z.array(
      z.strictObject({ reason: z.string(), count: z.number(), calls: z.number(), example: z.string() }),
    ),
    gaps: z.array(gapSchema()),
    /** Worth knowing; the report is whole without. */
    notes: z.array(gapSchema()),
  }),
);

function gapSchema() {
  return z.strictObject({ part: z.string(), why: z.string(), remedy: z.string() });
}

function proposalSchema() {
  return z.strictObject({
    name: z.string(),
    table: z.string(),
    definition: z.string(),
    bytes: z.number(),
    /** Of the workload, with all other proposals there, writes taken off. */
    savedShare: z.number(),
    writes: z.strictObject({ cost: z.number(), entries: z.number(), lostHotUpdates: z.number() }),
    confidence: z.enum(['high', 'medium', 'low']),
    doubts: z.array(z.string()),
    statements: z.array(z.strictObject({ id: z.string(), without: z.number(), with: z.number() })),
  });
}

function querySchema() {
  return z.strictObject({
    id: z.string(),
    fingerprint: z.string(),
    sql: z.string(),
    calls: z.number(),
    totalMs: z.number().nullable(),
    before: z.number(),
    after: z.number(),
    uses: z.array(z.string()),
  });
}

export type Report = z.infer<ReturnType<typeof reportSchema>>;
export type Proposal = Report['proposals'][number];
