/**
 * What an order comes down to before anything is sent: which CDNs it concerns, what the index knows its tags by, and a plan for
 * each.
 *
 * Shape   order, configured CDNs -> a run for each, and its plan's fingerprint
 * Errors  NoSuchCdn for a name that is not configured; those of Redis, which keeps what was looked up
 * Cost    planning 10,000 addresses takes some ten milliseconds for each; looking up as findUrls, once for a job
 */

import { hashText } from '../../primitives/hash.ts';
import { takes } from '../capabilities.ts';
import type { InvalidationOrder } from '../order.ts';
import { type KnownUrls, type PlannedCdn, planInvalidation } from '../plan/plan-invalidation.ts';
import type { ProgressStore } from '../progress.ts';
import type { CdnProvider } from '../provider.ts';
import { formatCdnTag } from '../tag.ts';
import { nameOfCall } from './parts.ts';
import type { CdnRun } from './run.ts';

export interface Cdn extends Omit<PlannedCdn, 'capabilities'> {
  readonly provider: CdnProvider;
  /** Whose rates it uses: CDNs of one account share them. */
  readonly account: string;
  /** Whether tags it does not know are looked up in the index. */
  readonly usesTagIndex: boolean;
}

/** The addresses that are known to have tags, for CDNs that know none. */
export type FindUrls = (tags: readonly string[]) => Promise<KnownUrls>;

export class NoSuchCdn extends Error {
  override readonly name = 'NoSuchCdn';
}

export function concerned({ cdns: named }: InvalidationOrder, configured: readonly Cdn[]): readonly Cdn[] {
  const unknown = named?.find(name => !configured.some(({ provider }) => provider.name === name));
  if (unknown !== undefined) throw new NoSuchCdn(`headrace.config.ts has no CDN named ${unknown}`);
  return named ? configured.filter(({ provider }) => named.includes(provider.name)) : configured;
}

interface LookUpDeps {
  readonly job: string;
  readonly store: Pick<ProgressStore, 'loadKnown'>;
  readonly findUrls?: FindUrls | undefined;
}

/** Once for a job: the cache goes on storing pages under its tags, and an order means those of its time. */
export async function lookUp(
  { tags = [] }: InvalidationOrder,
  cdns: readonly Cdn[],
  { job, store, findUrls }: LookUpDeps,
): Promise<{ readonly known: KnownUrls; readonly isToKeep: boolean } | undefined> {
  if (!findUrls || tags.length === 0 || !cdns.some(looksUp)) return undefined;
  const kept = await store.loadKnown(job);
  if (kept) return { known: kept, isToKeep: false };
  const known = await findUrls(tags);
  // What is incomplete now may be whole when somebody tries again.
  return { known, isToKeep: ![...known.values()].includes('incomplete') };
}

function looksUp({ provider, usesTagIndex }: Cdn): boolean {
  return usesTagIndex && !takes(provider.capabilities, 'tag');
}

interface Planning {
  readonly job: string;
  readonly order: InvalidationOrder;
  readonly known: KnownUrls | undefined;
}

export async function planRun(cdn: Cdn, { order, job, known }: Planning) {
  const { provider, account } = cdn;
  const { capabilities } = provider;
  const tags = order.tags ?? [];
  const tagsAtCdn = takes(capabilities, 'tag') ? tags.map(formatCdnTag) : tags;
  const input = { order, tagsAtCdn, known: looksUp(cdn) ? known : undefined };
  const plan = planInvalidation(input, { ...cdn, capabilities });
  const fingerprint = await hashText(JSON.stringify(plan.calls));
  // The call's own name, and the plan's, which keeps a plan that has changed from being taken for this one.
  const referenceOf: CdnRun['referenceOf'] = (at, progress) => {
    const { undone } = progress;
    return `${job}:${nameOfCall(at, plan, progress)}:${fingerprint.slice(0, 8)}${undone ? `:${undone}` : ''}`;
  };
  const run: CdnRun = { job, provider, account, plan, wait: order.wait === true, referenceOf };
  return { run, plan: fingerprint };
}
