/**
 * Sends what is left of a plan to one CDN, call by call, within its rates and what it lets be in progress. What was done is
 * written down after each call, so that whoever goes on does nothing twice.
 *
 * Waiting costs no attempt: what does not fit into the time there is comes back later.
 *
 * Shape   plan, ledger, until when -> why it ended
 * Units   ms
 * Errors  those of the pacer and of the store of progress: without them nothing may be sent; the signal's reason
 * Cost    for each call a turn of the pacer, a request, and a save
 */

import { drawsOf } from '../pace/draws.ts';
import type { CdnProgress } from '../progress.ts';
import type { CdnCall, SendOutcome } from '../provider.ts';
import { applyOutcome } from './apply-outcome.ts';
import { callAt } from './parts.ts';
import { hasRoom, isFollowed, waitForPending } from './pending.ts';
import { type CdnRun, DONE, type Halt, type Ledger, type SendDeps, waitWithin } from './run.ts';

/** After so many in a row the CDN is left alone for this attempt. */
const MOST_FAILURES = 3;
const BUSY_MS = 5_000;
/** Asked to wait for longer, it asks again: nobody is shut out for ever by one answer. */
const MOST_PAUSE_MS = 60 * 60 * 1_000;
const THROTTLED_MS = { least: 1_000, most: 30_000 } as const;

export async function sendPlan(run: CdnRun, ledger: Ledger, deps: SendDeps): Promise<Halt> {
  // What fails now is for the next attempt.
  const again = [...ledger.read().again];
  let failures = 0;
  let throttles = 0;
  for (;;) {
    const at = again[0] ?? ledger.read().next;
    const call = again.length > 0 ? callAt(at, run.plan, ledger.read()) : run.plan.calls[at];
    if (!call) break;
    // Calls that nothing keeps waiting take their time as well.
    if (deps.clock() > deps.until) return { kind: 'later', afterMs: 0 };
    const held = (await untilRoom(call, run, { ledger, deps })) ?? (await untilTurn(call, run, deps));
    if (held) return held;
    const reference = run.referenceOf(at, ledger.read());
    const outcome = await run.provider.send(call, { reference, signal: deps.signal });
    const sent = { at, call, plan: run.plan, outcome, isFollowed: isFollowed(run), now: deps.clock() };
    const before = ledger.read();
    await ledger.record(applyOutcome(before, sent));
    if (outcome.kind === 'refused' && outcome.concerns === 'cdn') return { kind: 'refused' };
    if (outcome.kind === 'busy' || outcome.kind === 'throttled') {
      if (outcome.kind === 'throttled') throttles += 1;
      const paused = await heed(outcome, throttles, { run, deps });
      if (paused) return paused;
      continue;
    }
    again.shift();
    again.push(...newHalves(before, ledger.read(), run.plan.calls.length));
    failures = outcome.kind === 'failed' ? failures + 1 : 0;
    if (failures === MOST_FAILURES) return { kind: 'failing' };
  }
  if (!run.wait) return DONE;
  return (await waitForPending(() => ledger.read().pending.length === 0, run, { ledger, deps })) ?? DONE;
}

/** Sent at once: each finds out more about what it was that was refused. */
function newHalves({ parts: old = [] }: CdnProgress, { parts = [] }: CdnProgress, from: number): number[] {
  return parts.slice(old.length).map((_, at) => from + old.length + at);
}

function untilRoom(call: CdnCall, run: CdnRun, given: { readonly ledger: Ledger; readonly deps: SendDeps }) {
  return waitForPending(() => hasRoom(call, run, given.ledger.read()), run, given);
}

async function untilTurn(call: CdnCall, { account, provider }: CdnRun, deps: SendDeps) {
  const draws = drawsOf(call, provider.capabilities);
  for (;;) {
    const turn = await deps.pacer.take(account, draws);
    if (turn.kind === 'go') return undefined;
    const held = await waitWithin(turn.ms, deps);
    if (held) return held;
  }
}

/** What the CDN asks of one function holds for all of them. */
async function heed(
  outcome: SendOutcome & { readonly kind: 'busy' | 'throttled' },
  throttles: number,
  { run, deps }: { readonly run: CdnRun; readonly deps: SendDeps },
): Promise<Halt | undefined> {
  if (outcome.kind === 'busy') return waitWithin(BUSY_MS, deps);
  const bound = Math.min(THROTTLED_MS.most, THROTTLED_MS.least * 2 ** throttles);
  const own = Math.ceil(THROTTLED_MS.least + deps.random() * bound);
  // Who asks to be asked again at once, and again says no, is left alone longer each time.
  const ms = Math.min(MOST_PAUSE_MS, Math.max(own, outcome.retryAfterMs ?? 0));
  await deps.pacer.pause(run.account, ms);
  return waitWithin(ms, deps);
}
