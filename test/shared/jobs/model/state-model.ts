/**
 * What a job may be, in as few lines as it can be said: the engine is held to this, whatever happens in which order.
 */

export const MODEL = { attempts: 3, leaseMs: 2_000, baseMs: 1_000, capMs: 8_000 } as const;

/** What the task does this time, or where the process dies: before it, or after it and before anybody is told. */
export type Fate =
  | 'succeeds'
  | 'fails'
  | 'fails for good'
  | 'is cancelled meanwhile'
  | 'dies at once'
  | 'dies afterwards';

export interface ModelJob {
  state: 'queued' | 'scheduled' | 'running' | 'failed' | 'succeeded' | 'cancelled' | 'dead';
  attempts: number;
  deaths: number;
  /** From when on a delivery may begin: the run time, the next attempt, the end of the lease. */
  from: number;
  cancelRequested: boolean;
  /** Times the task was begun, and begun to its end. */
  runs: number;
  effects: number;
}

export function newJob(runAt: number, now: number): ModelJob {
  const state = runAt > now ? 'scheduled' : 'queued';
  return { state, attempts: 0, deaths: 0, from: runAt, cancelRequested: false, runs: 0, effects: 0 };
}

export function deliver(
  job: ModelJob,
  { now, death, fate }: { now: number; death: number | undefined; fate: Fate },
): void {
  if (job.state === 'dead' && death === job.deaths)
    Object.assign(job, { state: 'queued', attempts: 0, from: now });
  if (isOver(job) || now < job.from) return;
  if (job.state === 'running' && job.cancelRequested) leave(job, 'cancelled');
  else if (job.attempts >= MODEL.attempts) die(job);
  else begin(job, now, fate);
}

function begin(job: ModelJob, now: number, fate: Fate): void {
  job.attempts += 1;
  job.cancelRequested = false;
  if (fate === 'dies at once' || fate === 'dies afterwards')
    Object.assign(job, { state: 'running', from: now + MODEL.leaseMs });
  if (fate === 'dies at once') return;
  job.runs += 1;
  // The mark holds: an effect that was made is never made again.
  if (fate === 'dies afterwards' || fate === 'succeeds') job.effects = 1;
  if (fate === 'succeeds') leave(job, 'succeeded');
  if (fate === 'fails for good') die(job);
  // Whichever way it stops then.
  if (fate === 'is cancelled meanwhile') leave(job, 'cancelled');
  if (fate === 'fails' && job.attempts >= MODEL.attempts) die(job);
  else if (fate === 'fails') Object.assign(job, { state: 'failed', from: now + waitOf(job.attempts) });
}

/** Chance is a half in all histories. */
function waitOf(attempt: number): number {
  return Math.min(MODEL.capMs, MODEL.baseMs * 2 ** (attempt - 1)) / 2;
}

export function cancel(job: ModelJob): void {
  if (job.state === 'running') job.cancelRequested = true;
  else if (!isOver(job)) leave(job, 'cancelled');
}

export function retry(job: ModelJob, now: number): void {
  if (job.state === 'dead' || job.state === 'cancelled' || job.state === 'failed')
    Object.assign(job, { state: 'queued', attempts: 0, from: now, cancelRequested: false });
}

/** Whoever looks after the rows meets this one. */
export function look(job: ModelJob, now: number): void {
  if (job.state !== 'running' || now < job.from) return;
  if (job.cancelRequested) leave(job, 'cancelled');
  else if (job.attempts >= MODEL.attempts) die(job);
  else Object.assign(job, { state: 'queued', from: now });
}

export function isOver({ state }: ModelJob): boolean {
  return state === 'succeeded' || state === 'cancelled' || state === 'dead';
}

function leave(job: ModelJob, state: 'succeeded' | 'cancelled'): void {
  Object.assign(job, { state, cancelRequested: false });
}

function die(job: ModelJob): void {
  Object.assign(job, { state: 'dead', deaths: job.deaths + 1, cancelRequested: false });
}
