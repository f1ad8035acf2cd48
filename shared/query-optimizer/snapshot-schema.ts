/**
 * What a snapshot from a file must look like, field by field as snapshot.ts has them: the file may come from anywhere.
 *
 * Shape   snapshotSchema() -> a schema of zod, built when it is first asked for
 */

import * as z from 'zod/mini';
import { lazy } from '../primitives/lazy.ts';

export const snapshotSchema = lazy(() => {
  const name = z.object({ schema: z.string(), name: z.string() });
  const count = z.number().check(z.gte(-1));
  const numbers = z.optional(z.array(z.number()));
  const column = z.object({
    name: z.string(),
    type: z.string(),
    collation: z.optional(z.string()),
    isRequired: z.boolean(),
    generated: z.optional(z.string()),
  });
  const activity = z.object({
    inserts: count,
    updates: count,
    hotUpdates: count,
    deletes: count,
    sequentialScans: count,
    indexScans: count,
    analyzedAt: z.optional(z.number()),
  });
  const relation = z.object({
    ...name.shape,
    kind: z.enum(['table', 'partitioned', 'materialized-view', 'foreign']),
    columns: z.array(column),
    pages: count,
    rows: count,
    allVisiblePages: count,
    bytes: count,
    options: z.array(z.string()),
    parents: z.array(name),
    partition: z.optional(z.object({ key: z.optional(z.string()), bound: z.optional(z.string()) })),
    activity,
  });
  const constraint = z.object({
    table: name,
    name: z.string(),
    kind: z.enum(['primary', 'unique', 'foreign', 'exclusion', 'check']),
    columns: z.array(z.string()),
    references: z.optional(z.object({ table: name, columns: z.array(z.string()), onDelete: z.string() })),
    definition: z.string(),
  });
  const key = z.object({
    text: z.string(),
    isExpression: z.boolean(),
    operatorClass: z.optional(z.string()),
    isDescending: z.boolean(),
    nullsFirst: z.boolean(),
  });
  const index = z.object({
    ...name.shape,
    table: name,
    method: z.string(),
    keys: z.array(key),
    included: z.array(z.string()),
    predicate: z.optional(z.string()),
    isUnique: z.boolean(),
    isPrimary: z.boolean(),
    isValid: z.boolean(),
    constraint: z.optional(z.string()),
    parent: z.optional(name),
    definition: z.string(),
    pages: count,
    rows: count,
    bytes: count,
    scans: count,
    scannedAt: z.optional(z.number()),
  });
  const columnStatistics = z.object({
    table: name,
    column: z.string(),
    ofIndex: z.optional(z.boolean()),
    inherited: z.boolean(),
    nullFraction: z.number(),
    averageWidth: z.number(),
    distinct: z.number(),
    mostCommonValues: z.optional(z.string()),
    mostCommonFrequencies: numbers,
    histogramBounds: z.optional(z.string()),
    correlation: z.optional(z.number()),
    mostCommonElements: z.optional(z.string()),
    mostCommonElementFrequencies: numbers,
    elementCountHistogram: numbers,
  });
  const combination = { columns: z.array(z.string()) };
  const extended = z.object({
    ...name.shape,
    table: name,
    definition: z.string(),
    distinct: z.array(z.object({ ...combination, distinct: z.number() })),
    dependencies: z.array(z.object({ ...combination, degree: z.number() })),
  });
  const statement = z.object({
    id: z.string(),
    sql: z.string(),
    calls: z.number().check(z.gte(0)),
    totalMs: z.optional(z.number()),
    rows: z.optional(z.number()),
    normalized: z.boolean(),
  });
  const connections = z.object({ active: count, idle: count, idleInTransaction: count, allowed: count });
  const defined = z.object({ ...name.shape, definition: z.string() });
  const server = z.object({
    versionNumber: z.number(),
    database: z.string(),
    collation: z.string(),
    settings: z.record(z.string(), z.string()),
    extensions: z.array(z.object({ name: z.string(), schema: z.string(), version: z.string() })),
    databaseBytes: count,
  });
  return z.object({
    format: z.literal(1),
    takenAt: z.number(),
    server,
    types: z.array(defined),
    relations: z.array(relation),
    constraints: z.array(constraint),
    indexes: z.array(index),
    statistics: z.array(columnStatistics),
    extendedStatistics: z.array(extended),
    functions: z.array(z.string()),
    sequences: z.array(name),
    views: z.optional(z.array(defined)),
    workload: z.array(statement),
    connections: z.optional(connections),
    statementsSince: z.optional(z.number()),
    countersSince: z.optional(z.number()),
    gaps: z.array(z.object({ part: z.string(), why: z.string(), remedy: z.string() })),
  });
});
