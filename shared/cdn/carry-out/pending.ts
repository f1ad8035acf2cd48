/**
 * What was accepted and has not completed: whether there is room for more beside it, and what has become of it.
 *
 * Errors  the signal's reason
 * Cost    settlePending: a question for each that has completed, and one more
 */

import type { Pool } from '../capabilities.ts';
import { isIn } from '../plan/chunk.ts';
import { type CdnProgress, withError, withFailedOperation } from '../progress.ts';
import type { CdnCall } from '../provider.ts';
import { callAt } from './parts.ts';
import { type CdnRun, type Ledger, type SendDeps, waitWithin } from './run.ts';

/** So many are written down at once; the oldest have completed long before. */
const MOST_PENDING = 100;
const ASK_AGAIN_MS = { least: 1_000, most: 15_000 } as const;

export function isFollowed({ wait, provider }: CdnRun): boolean {
  return wait || provider.capabilities.pools.some(({ inProgress }) => inProgress !== undefined);
}

export function hasRoom(call: CdnCall, { plan, provider }: CdnRun, progress: CdnProgress): boolean {
  const { pending } = progress;
  if (pending.length >= MOST_PENDING) return false;
  const calls = [call, ...pending.flatMap(({ call: at }) => callAt(at, plan, progress) ?? [])];
  return provider.capabilities.pools.every(
    pool => pool.inProgress === undefined || countIn(pool, calls) <= pool.inProgress,
  );
}

function countIn(pool: Pool, calls: readonly CdnCall[]): number {
  return calls.reduce((count, { targets }) => count + targets.filter(target => isIn(pool, target)).length, 0);
}

/** Until the oldest that has not completed; they complete in their order, more or less. */
export async function settlePending(
  { provider }: CdnRun,
  ledger: Ledger,
  { signal, clock, until }: Pick<SendDeps, 'signal' | 'clock' | 'until'>,
): Promise<void> {
  let progress = ledger.read();
  const before = progress;
  for (const { call, id } of progress.pending) {
    if (clock() > until) break;
    const standing = await provider.look(id, { signal });
    if (standing.kind === 'unknown')
      progress = withError(progress, { code: 'CDN_STATE_UNKNOWN', message: standing.message });
    if (standing.kind === 'in-progress' || standing.kind === 'unknown') break;
    progress = { ...progress, pending: progress.pending.slice(1) };
    if (standing.kind === 'completed') continue;
    progress = withFailedOperation({ ...progress, again: [...progress.again, call] }, standing.message);
  }
  if (progress !== before) await ledger.record(progress);
}

/** Waits for what is in progress until it says so; undefined once it does. */
export async function waitForPending(
  isEnough: () => boolean,
  run: CdnRun,
  { ledger, deps }: { readonly ledger: Ledger; readonly deps: SendDeps },
) {
  while (!isEnough()) {
    const before = ledger.read().pending.length;
    await settlePending(run, ledger, deps);
    if (isEnough() || ledger.read().pending.length < before) continue;
    const held = await waitWithin(askAgainMs(run), deps);
    if (held) return held;
  }
  return undefined;
}

function askAgainMs({ provider }: CdnRun): number {
  const tenth = provider.capabilities.takesEffectMs / 10;
  return Math.min(ASK_AGAIN_MS.most, Math.max(ASK_AGAIN_MS.least, tenth));
}
