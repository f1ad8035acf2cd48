/**
 * Carries an order out at every CDN it concerns, all at once, from where an earlier attempt came to.
 *
 * Shape   order, job -> what each CDN has done, and what becomes of the job
 * Units   instants epoch ms
 * Errors  those of Redis, which keeps progress and rates; NoSuchCdn for a name that is not configured
 * Cost    as planning and sendPlan, for each CDN
 */

import type { InvalidationOrder } from '../order.ts';
import type { Pacer } from '../pace/pacer.ts';
import { type CdnProgress, newProgress, type ProgressStore } from '../progress.ts';
import { type Cdn, concerned, type FindUrls, lookUp, planRun } from './plan-runs.ts';
import { type CdnReport, reportOf } from './report.ts';
import { type CdnRun, openLedger, type SendDeps } from './run.ts';
import { sendPlan } from './send-plan.ts';
import { decideVerdict, type Ended, type Verdict } from './verdict.ts';

export interface InvalidateDeps extends Pick<SendDeps, 'clock' | 'sleep' | 'random'> {
  readonly cdns: readonly Cdn[];
  readonly pacer: Pacer;
  readonly store: ProgressStore;
  readonly findUrls?: FindUrls | undefined;
}

export interface InvalidationTask extends Pick<SendDeps, 'signal' | 'until'> {
  readonly job: string;
  readonly attempt: number;
  readonly tell: (done: number, planned: number, words: string) => void;
}

export interface Invalidated {
  readonly cdns: Readonly<Record<string, CdnReport>>;
  readonly verdict: Verdict;
}

export async function invalidate(
  order: InvalidationOrder,
  task: InvalidationTask,
  deps: InvalidateDeps,
): Promise<Invalidated> {
  const cdns = concerned(order, deps.cdns);
  const kept = await deps.store.load(task.job);
  const looked = await lookUp(order, cdns, { ...deps, job: task.job });
  const runs = await Promise.all(
    cdns.map(cdn => planRun(cdn, { order, job: task.job, known: looked?.known })),
  );
  const tell = createTelling(runs, task);
  const ended = await allSettled(
    runs.map(async ({ run, plan }) => {
      const begun = resume(kept.get(run.provider.name), { plan, task, now: deps.clock() });
      const ledger = openLedger(run, begun, { store: deps.store, tell: tell(run) });
      const halt = await sendPlan(run, ledger, { ...deps, signal: task.signal, until: task.until });
      return { run, progress: ledger.read(), halt };
    }),
  );
  const verdict = decideVerdict(ended, deps.clock());
  const comesBack = verdict.kind === 'later' || verdict.kind === 'again';
  if (looked?.isToKeep && comesBack) await deps.store.saveKnown(task.job, looked.known);
  if (verdict.kind === 'refused') await markEnded(ended, { task, deps });
  const reports = ended.map(({ run, progress, halt }) => [run.provider.name, reportOf(run, progress, halt)]);
  return { cdns: Object.fromEntries(reports), verdict };
}

interface Resuming {
  readonly plan: string;
  readonly task: Pick<InvalidationTask, 'attempt'>;
  readonly now: number;
}

/** Attempts that count from one again were begun anew by a person: who wants to try what was refused, too. */
function resume(kept: CdnProgress | undefined, { plan, task: { attempt }, now }: Resuming): CdnProgress {
  if (kept?.plan !== plan) return { ...newProgress(plan, now), attempt };
  if (attempt >= kept.attempt) return { ...kept, attempt };
  return { ...kept, attempt, again: [...kept.again, ...kept.refused], refused: [], errors: [] };
}

/** So that the next attempt, which only a person can ask for, is seen to be a new beginning. */
async function markEnded(
  ended: readonly Ended[],
  { task, deps }: { readonly task: InvalidationTask; readonly deps: InvalidateDeps },
): Promise<void> {
  const refused = ended.filter(({ progress }) => progress.refused.length > 0);
  await Promise.all(
    refused.map(({ run, progress }) =>
      deps.store.save(task.job, run.provider.name, { ...progress, attempt: task.attempt + 1 }),
    ),
  );
}

function createTelling(runs: readonly { readonly run: CdnRun }[], { tell }: InvalidationTask) {
  const done = new Map<CdnRun, number>();
  const planned = runs.reduce((sum, { run }) => sum + run.plan.calls.length, 0);
  return (run: CdnRun) =>
    ({ next, again }: CdnProgress) => {
      done.set(run, next - again.length);
      const words = runs.map(
        ({ run: each }) => `${each.provider.name} ${done.get(each) ?? 0}/${each.plan.calls.length}`,
      );
      tell(
        [...done.values()].reduce((sum, count) => sum + count, 0),
        planned,
        words.join(', '),
      );
    };
}

/** One that cannot go on must not cut the others off in the middle of a call. */
async function allSettled<Value>(work: readonly Promise<Value>[]): Promise<Value[]> {
  const settled = await Promise.allSettled(work);
  const failed = settled.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
  return settled.flatMap(each => (each.status === 'fulfilled' ? [each.value] : []));
}
