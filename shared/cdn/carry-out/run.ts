/**
 * What is carried out at one CDN, with what, and how it may end.
 *
 * Units   ms; instants epoch ms
 */

import type { Clock } from '../../primitives/clock.ts';
import type { Pacer } from '../pace/pacer.ts';
import type { InvalidationPlan } from '../plan/plan-invalidation.ts';
import type { CdnProgress, ProgressStore } from '../progress.ts';
import type { CdnProvider } from '../provider.ts';

export interface CdnRun {
  readonly job: string;
  readonly provider: CdnProvider;
  /** Whose rates it uses. */
  readonly account: string;
  readonly plan: InvalidationPlan;
  /** Whether it ends only when everything has taken effect. */
  readonly wait: boolean;
  /** Of a call: the same each time it is sent, until the CDN is known not to have done what it took. */
  readonly referenceOf: (at: number, progress: CdnProgress) => string;
}

export interface SendDeps {
  readonly pacer: Pacer;
  readonly clock: Clock;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<unknown>;
  readonly random: () => number;
  readonly signal: AbortSignal;
  /** What would have to wait for longer comes back later. */
  readonly until: number;
}

/** Progress that is kept as it changes. */
export interface Ledger {
  readonly read: () => CdnProgress;
  readonly record: (changed: CdnProgress) => Promise<void>;
}

export type Halt =
  | { readonly kind: 'done' }
  | { readonly kind: 'later'; readonly afterMs: number }
  /** The CDN is in trouble. */
  | { readonly kind: 'failing' }
  /** It wants nothing of ours. */
  | { readonly kind: 'refused' };

export const DONE: Halt = { kind: 'done' };

export function openLedger(
  { job, provider }: Pick<CdnRun, 'job' | 'provider'>,
  begun: CdnProgress,
  { store, tell }: { readonly store: ProgressStore; readonly tell: (progress: CdnProgress) => void },
): Ledger {
  let progress = begun;
  return {
    read: () => progress,
    async record(changed) {
      progress = changed;
      await store.save(job, provider.name, changed);
      tell(changed);
    },
  };
}

/** Undefined once it has waited; else when to come back. */
export async function waitWithin(ms: number, deps: SendDeps): Promise<Halt | undefined> {
  if (deps.clock() + ms > deps.until) return { kind: 'later', afterMs: ms };
  await deps.sleep(ms, deps.signal);
  deps.signal.throwIfAborted();
  return undefined;
}
