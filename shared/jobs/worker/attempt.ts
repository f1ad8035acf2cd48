/**
 * One attempt at a job that was claimed: payload, task, signal, and how it ended.
 *
 * Shape   claimed job, instant to stop -> how the task ended, and why it was stopped if it was
 * Units   ms; instants epoch ms
 * Errors  none: everything that goes wrong is how it ended
 */

import type { Clock } from '../../primitives/clock.ts';
import type { JobSpec } from '../catalogue.ts';
import type { Job } from '../job.ts';
import type { JobStore, Standing, StoredPayload } from '../job-store.ts';
import type { OnceStore } from '../once.ts';
import { PayloadMissing, type PayloadStore } from '../payload-store.ts';
import { PermanentError } from '../permanent-error.ts';
import { graceMs } from '../watch.ts';
import type { Ran, StopReason } from './decide-outcome.ts';
import { createEffects } from './effects.ts';
import { createProgress } from './progress.ts';
import type { Pulse } from './pulse.ts';
import type { Task, TaskContext, Tasks } from './task.ts';

export interface AttemptDeps {
  readonly store: Pick<JobStore, 'progress' | 'beginEffect' | 'completeEffect'>;
  readonly payloads: PayloadStore | undefined;
  readonly onceStore: OnceStore | undefined;
  readonly tasks: Tasks;
  readonly pulse: Pulse;
  readonly clock: Clock;
  readonly log: (entry: object) => void;
}

export interface Claimed {
  readonly job: Job & { readonly state: 'running' };
  readonly holder: string;
  readonly payload: StoredPayload;
  readonly spec: JobSpec;
  /** When the function around it has to hand back what it holds. */
  readonly stopAt: number;
}

export interface Attempted {
  readonly ran: Ran;
  readonly stopped: StopReason | undefined;
}

export async function runAttempt(claimed: Claimed, deps: AttemptDeps): Promise<Attempted> {
  const { job, holder, spec } = claimed;
  const stopping = createStopping(claimed, deps.clock);
  const stopWatching = deps.pulse.watch({ id: job.id, holder }, standing => stopping.heed(standing));
  const progress = createProgress(async step => {
    stopping.heed(await deps.store.progress(job.id, { holder, now: deps.clock(), ...step }));
  }, deps.clock);
  const context: TaskContext = {
    id: job.id,
    type: job.type,
    tenant: job.tenant,
    attempt: job.attempts,
    signal: stopping.signal,
    clock: deps.clock,
    progress: progress.report,
    ...createEffects(job.id, deps),
    log: entry => deps.log({ job: job.id, attempt: job.attempts, ...entry }),
  };
  const ran = await Promise.race([
    perform(claimed, context, deps),
    leftBehind(stopping.signal, graceMs(spec)),
  ]);
  stopWatching();
  stopping.end();
  await progress.stop();
  return { ran, stopped: stopping.reason() };
}

async function perform(
  { job, payload, spec }: Claimed,
  context: TaskContext,
  deps: AttemptDeps,
): Promise<Ran> {
  try {
    const task = deps.tasks[job.type] as Task<typeof job.type> | undefined;
    if (!task) throw new PermanentError('JOB_TASK_MISSING', `No function is registered for ${job.type}.`);
    const checked = spec.payload().safeParse(JSON.parse(await textOf(payload, deps.payloads)));
    if (!checked.success)
      throw new PermanentError(
        'JOB_PAYLOAD_INVALID',
        checked.error.issues[0]?.message ?? 'The payload is wrong',
      );
    return { kind: 'returned', value: await task(checked.data as never, context) };
  } catch (error) {
    return { kind: 'threw', error };
  }
}

async function textOf(payload: StoredPayload, payloads: PayloadStore | undefined): Promise<string> {
  if (payload.kind === 'inline') return payload.json;
  if (!payloads)
    throw new PermanentError('JOB_PAYLOAD_MISSING', 'Its payload lies where this function cannot read.');
  return payloads.get(payload.key).catch(error => {
    throw error instanceof PayloadMissing
      ? new PermanentError('JOB_PAYLOAD_MISSING', 'Its payload is not there any more.', { cause: error })
      : error;
  });
}

/** The first reason holds: what comes later is only its consequence. */
function createStopping({ spec, stopAt }: Claimed, clock: Clock) {
  const controller = new AbortController();
  let reason: StopReason | undefined;
  function stop(why: StopReason): void {
    reason ??= why;
    controller.abort(new Error(`The attempt was stopped: ${why}`));
  }
  const leftMs = Math.max(0, stopAt - clock());
  const [why, inMs] =
    leftMs < spec.timeoutMs ? (['hand-back', leftMs] as const) : (['timeout', spec.timeoutMs] as const);
  const timer = setTimeout(stop, inMs, why);
  return {
    signal: controller.signal,
    reason: () => reason,
    heed(standing: Standing) {
      if (standing !== 'go-on') stop(standing);
    },
    end: () => clearTimeout(timer),
  };
}

function leftBehind(signal: AbortSignal, afterMs: number): Promise<Ran> {
  return new Promise(resolve => {
    signal.addEventListener('abort', () => setTimeout(resolve, afterMs, { kind: 'heedless' }), {
      once: true,
    });
  });
}
