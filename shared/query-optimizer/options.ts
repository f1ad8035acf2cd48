/**
 * What an analysis may be told, resolved once.
 *
 * Shape   AnalyzeOptions -> ResolvedOptions; '25%' | '500MB' -> Budget
 * Errors  parseBudget: undefined for what is neither
 */

import type { Snapshot } from './snapshot.ts';

/** Of the tables' bytes, or in bytes. */
export type Budget = { readonly ratio: number } | { readonly bytes: number };

export interface AnalyzeOptions {
  /** What new indexes may take. @default a quarter of the tables' bytes */
  readonly budget?: Budget;
  /** When the answer is wanted. @default 90 seconds */
  readonly timeMs?: number;
  /** Whether drops stand in the migration, and not only as comments. @default false */
  readonly withDrops?: boolean;
}

export const ANALYZE_DEFAULTS = {
  budget: { ratio: 0.25 },
  timeMs: 90_000,
  withDrops: false,
} as const satisfies AnalyzeOptions;

export interface ResolvedOptions {
  readonly budgetBytes: number;
  readonly dataBytes: number;
  readonly timeMs: number;
  readonly withDrops: boolean;
}

export function resolveOptions(options: AnalyzeOptions, { relations }: Snapshot): ResolvedOptions {
  const { budget, timeMs, withDrops } = { ...ANALYZE_DEFAULTS, ...options };
  const dataBytes = relations
    .filter(({ kind }) => kind === 'table' || kind === 'materialized-view')
    .reduce((sum, { bytes }) => sum + bytes, 0);
  return {
    budgetBytes: 'bytes' in budget ? budget.bytes : budget.ratio * dataBytes,
    dataBytes,
    timeMs,
    withDrops,
  };
}

const UNIT_BYTES: Readonly<Record<string, number>> = {
  B: 1,
  KB: 1024,
  MB: 1024 ** 2,
  GB: 1024 ** 3,
  TB: 1024 ** 4,
};

export function parseBudget(text: string): Budget | undefined {
  const match = /^(\d{1,9}(?:\.\d{1,3})?) ?(%|B|KB|MB|GB|TB)$/i.exec(text.trim());
  if (!match) return undefined;
  const [amount, unit = ''] = [Number(match[1]), match[2]?.toUpperCase()];
  if (amount <= 0) return undefined;
  return unit === '%' ? { ratio: amount / 100 } : { bytes: amount * (UNIT_BYTES[unit] ?? 1) };
}
