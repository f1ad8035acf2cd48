/** Runs jobs of the type `invalidation` against the fakes of all CDNs. */

import { createInvalidationTask } from '../../../functions/invalidate-cdn/invalidation-task.ts';
import type { InvalidationOrder } from '../../../shared/cdn/order.ts';
import type { CdnProvider, SendOutcome } from '../../../shared/cdn/provider.ts';
import { PermanentError } from '../../../shared/jobs/permanent-error.ts';
import { Postponed } from '../../../shared/jobs/postponed.ts';
import type { TaskContext } from '../../../shared/jobs/worker/task.ts';
import { type CdnService, HOST, type ServiceOptions } from '../../shared/cdn/service.ts';

export interface Ran {
  readonly runs: number;
  readonly result: { readonly cdns: Readonly<Record<string, Record<string, unknown>>> };
  readonly error?: { readonly code?: string };
  readonly told: readonly string[];
}

/** As the engine would: again after what was postponed, and after what failed, until it ends. */
export async function runJob(
  { deps, clock }: CdnService,
  order: InvalidationOrder,
  { attempts = 8, job = 'invalidation-1' } = {},
): Promise<Ran> {
  const task = createInvalidationTask(deps);
  const told: string[] = [];
  let attempt = 1;
  for (let runs = 1; ; runs++) {
    try {
      const result = (await task(order, contextOf(job, attempt, { clock, told }))) as Ran['result'];
      return { runs, result, told };
    } catch (error) {
      const { result } = error as { result: Ran['result'] };
      if (error instanceof Postponed) clock.advance(error.afterMs);
      else if (error instanceof PermanentError || attempt === attempts)
        return { runs, result, told, error: Object(error) };
      else {
        attempt += 1;
        clock.advance(10_000);
      }
      if (runs > 500) throw new Error('It does not come to an end', { cause: error });
    }
  }
}

export function contextOf(
  id: string,
  attempt: number,
  { clock, told }: { clock: TaskContext['clock']; told: string[] },
): TaskContext {
  return {
    id,
    attempt,
    type: 'invalidation',
    tenant: 'default',
    signal: new AbortController().signal,
    clock,
    progress: (_percent, words = '') => void told.push(words),
    once: () => Promise.reject(new Error('not here')),
    outside: () => Promise.reject(new Error('not here')),
    log: () => {},
  };
}

export const failureOf = (run: Promise<unknown>) =>
  run.then(
    () => undefined,
    (error: { readonly result: Ran['result'] }) => error,
  );

export const urls = (count: number, at = '/p/') =>
  Array.from({ length: count }, (_, i) => `https://${HOST}${at}${i}`);
export const tags = (count: number) => Array.from({ length: count }, (_, i) => `t${i}`);
export const NOT_AZURE = ['site', 'shop', 'media'] as const;

/** One provider alone, with outcomes in place of its own for its first calls. */
export function scripted(name: string, outcomes: readonly SendOutcome[]): Pick<ServiceOptions, 'around'> {
  const left = [...outcomes];
  return {
    around: (provider): CdnProvider =>
      provider.name === name
        ? { ...provider, send: async (...given) => left.shift() ?? provider.send(...given) }
        : provider,
  };
}
