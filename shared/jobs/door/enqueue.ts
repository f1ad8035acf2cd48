/**
 * Takes jobs in: first the row, then the message. From the row on a job is accepted and will be done, though every queue be
 * down; before it, it is refused and says so.
 *
 * Shape   type, items -> one outcome for each, in their order
 * Errors  none: RedisUnavailable is tried once more and then a refusal
 * Cost    for a hundred jobs two round trips to Redis and ten requests to SQS; several hundreds go side by side
 */

import { mapBounded } from '../../primitives/bounded.ts';
import type { Clock } from '../../primitives/clock.ts';
import type { CreateId } from '../../primitives/ids.ts';
import type { Catalogue, JobType } from '../catalogue.ts';
import type { Creation, JobStore, NewJob } from '../job-store.ts';
import type { Enqueued, EnqueueOptions, Refused } from '../jobs.ts';
import type { PayloadStore } from '../payload-store.ts';
import type { Dispatch, Waiting } from './dispatch.ts';
import { type Prepared, prepareJob } from './new-job.ts';

export interface EnqueueDeps {
  readonly store: Pick<JobStore, 'createMany'>;
  readonly payloads: PayloadStore | undefined;
  readonly dispatch: Dispatch;
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  readonly createId: CreateId;
}

export interface UncheckedItem extends EnqueueOptions {
  readonly payload: unknown;
}

const CHUNK = 100;
const CHUNKS_AT_ONCE = 16;
const PAYLOADS_AT_ONCE = 4;

export function createEnqueue({ store, payloads, dispatch, catalogue, clock, createId }: EnqueueDeps) {
  const prepare = (type: JobType, item: UncheckedItem) =>
    prepareJob(type, item, { catalogue, createId, now: clock(), takesLarge: payloads !== undefined });

  async function checkIn(prepared: Prepared | Refused): Promise<Prepared | Refused> {
    if (prepared.kind === 'refused' || !prepared.large) return prepared;
    try {
      await payloads?.put(prepared.large.key, prepared.large.json);
      return prepared;
    } catch {
      return unwritten('The payload is too large for a row, and could not be put where large ones lie.');
    }
  }

  async function write(rows: readonly NewJob[]): Promise<readonly Enqueued[]> {
    try {
      return (await store.createMany(rows)).map(outcomeOf);
    } catch {
      // Writing the same rows again changes nothing, and tells whether the first time had its effect.
      return (await store.createMany(rows)).map((creation, at) =>
        outcomeOf(oursIfWritten(creation, rows[at])),
      );
    }
  }

  async function enqueueChunk(type: JobType, items: readonly UncheckedItem[]): Promise<readonly Enqueued[]> {
    const checked = await Promise.all(items.map(item => prepare(type, item)));
    const prepared = await mapBounded(checked, PAYLOADS_AT_ONCE, checkIn);
    const rows = prepared.flatMap(each => (each.kind === 'prepared' ? [each.row] : []));
    const outcomes = await write(rows).catch(() => undefined);
    if (!outcomes) return prepared.map(each => (each.kind === 'refused' ? each : unwritten(NO_ANSWER)));
    await dispatch(rows.flatMap((row, at) => waitingOf(outcomes[at], row)));
    const next = outcomes.values();
    return prepared.map(each => (each.kind === 'refused' ? each : (next.next().value as Enqueued)));
  }

  return async (type: JobType, items: readonly UncheckedItem[]): Promise<readonly Enqueued[]> => {
    const chunks = Array.from({ length: Math.ceil(items.length / CHUNK) }, (_, at) =>
      items.slice(at * CHUNK, (at + 1) * CHUNK),
    );
    return (await mapBounded(chunks, CHUNKS_AT_ONCE, chunk => enqueueChunk(type, chunk))).flat();
  };
}

const NO_ANSWER =
  'The store of jobs gave no answer: the job may or may not be known. Try again with an Idempotency-Key.';

function unwritten(detail: string): Refused {
  return { kind: 'refused', code: 'JOB_STORE_UNAVAILABLE', detail };
}

/** Found at the second try, and created at that very instant: the answer to the first was lost. */
function oursIfWritten(creation: Creation, row: NewJob | undefined): Creation {
  const ours = creation.kind === 'existing' && creation.job.createdAt === row?.createdAt;
  return ours ? { kind: 'created', job: creation.job } : creation;
}

function outcomeOf(creation: Creation): Enqueued {
  switch (creation.kind) {
    case 'created':
      return { kind: 'accepted', job: creation.job };
    case 'existing':
      return { kind: 'existing', job: creation.job };
    case 'mismatch':
      return {
        kind: 'refused',
        code: 'JOB_KEY_REUSED',
        detail: `This idempotency key belongs to ${creation.job.id}, whose payload is another.`,
      };
    case 'unwritten':
      return unwritten(`The store of jobs refused the row: ${creation.reason}`);
  }
}

function waitingOf(outcome: Enqueued | undefined, { watchAt: watchedAt }: NewJob): readonly Waiting[] {
  return outcome?.kind === 'accepted' ? [{ job: outcome.job, watchedAt }] : [];
}
