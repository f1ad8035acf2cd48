/**
 * Carries an order out at every CDN it concerns, all at once, from where an earlier attempt came to.
 *
 * Shape   order, job -> what each CDN has done, and what becomes of the job
 * Units   instants epoch ms
 * Errors  those of Redis, which keeps progress and rates; NoSuchCdn for a name that is not configured
 * Cost    as sendPlan, for each CDN; planning 10,000 addresses takes some ten milliseconds for each
 */

import { hashText } from '../../primitives/hash.ts';
import type { InvalidationOrder } from '../order.ts';
import type { Pacer } from '../pace/pacer.ts';
import { type KnownUrls, type PlannedCdn, planInvalidation } from '../plan/plan-invalidation.ts';
import { type CdnProgress, newProgress, type ProgressStore } from '../progress.ts';
import type { CdnProvider } from '../provider.ts';
import { formatCdnTag } from '../tag.ts';
import { type CdnReport, reportOf } from './report.ts';
import { type CdnRun, type Halt, openLedger, type SendDeps } from './run.ts';
import { sendPlan } from './send-plan.ts';
import { decideVerdict, type Verdict } from './verdict.ts';

export interface Cdn extends Omit<PlannedCdn, 'capabilities'> {
  readonly provider: CdnProvider;
  /** Whose rates it uses: CDNs of one account share them. */
  readonly account: string;
  /** Whether tags it does not know are looked up in the index. */
  readonly usesTagIndex: boolean;
}

/** The addresses that are known to have tags, for CDNs that know none. */
export type FindUrls = (tags: readonly string[]) => Promise<KnownUrls>;

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

export class NoSuchCdn extends Error {
  override readonly name = 'NoSuchCdn';
}

interface Ended {
  readonly run: CdnRun;
  readonly progress: CdnProgress;
  readonly halt: Halt;
}

export async function invalidate(
  order: InvalidationOrder,
  task: InvalidationTask,
  deps: InvalidateDeps,
): Promise<Invalidated> {
  const cdns = concerned(order, deps.cdns);
  const kept = await deps.store.load(task.job);
  const runs = await Promise.all(cdns.map(cdn => planRun(cdn, { order, task, deps })));
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
  if (verdict.kind === 'refused') await markEnded(ended, { task, deps });
  const reports = ended.map(({ run, progress, halt }) => [run.provider.name, reportOf(run, progress, halt)]);
  return { cdns: Object.fromEntries(reports), verdict };
}

function concerned({ cdns: named }: InvalidationOrder, configured: readonly Cdn[]): readonly Cdn[] {
  const unknown = named?.find(name => !configured.some(({ provider }) => provider.name === name));
  if (unknown !== undefined) throw new NoSuchCdn(`headrace.config.ts has no CDN named ${unknown}`);
  return named ? configured.filter(({ provider }) => named.includes(provider.name)) : configured;
}

interface Planning {
  readonly order: InvalidationOrder;
  readonly task: InvalidationTask;
  readonly deps: InvalidateDeps;
}

async function planRun(cdn: Cdn, { order, task, deps }: Planning) {
  const { provider, account, usesTagIndex } = cdn;
  const { capabilities } = provider;
  const tags = order.tags ?? [];
  const knowsTags = capabilities.pools.some(({ kinds }) => kinds.includes('tag'));
  const tagsAtCdn = knowsTags ? tags.map(formatCdnTag) : tags;
  const looksUp = !knowsTags && usesTagIndex && tags.length > 0;
  const known = looksUp ? await deps.findUrls?.(tags) : undefined;
  const plan = planInvalidation({ order, tagsAtCdn, known }, { ...cdn, capabilities });
  const fingerprint = await hashText(JSON.stringify(plan.calls));
  // The call's own number names it, and the plan's name keeps a plan that has changed from being taken for this one.
  const referenceOf: CdnRun['referenceOf'] = (at, { undone }) =>
    `${task.job}:${at}:${fingerprint.slice(0, 8)}${undone ? `:${undone}` : ''}`;
  const run: CdnRun = { job: task.job, provider, account, plan, wait: order.wait === true, referenceOf };
  return { run, plan: fingerprint };
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
async function markEnded(ended: readonly Ended[], { task, deps }: Omit<Planning, 'order'>): Promise<void> {
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
