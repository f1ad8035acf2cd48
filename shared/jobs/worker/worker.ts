/**
 * Works through a batch of messages: claims each job, does it, ends it, and says which messages have to come back.
 *
 * Shape   messages of one queue, instant to stop -> ids of the messages that failed, for a partial batch response
 * Units   instants epoch ms
 * Errors  none: what goes wrong with one message is that message's failure alone
 * Cost    for each job two round trips to Redis; one request to SQS for what is tried again or is dead
 */

import { mapBounded } from '../../primitives/bounded.ts';
import type { Clock } from '../../primitives/clock.ts';
import type { CreateId } from '../../primitives/ids.ts';
import { CATALOGUE, type Catalogue } from '../catalogue.ts';
import type { JobQueue, QueueAddress } from '../job-queue.ts';
import type { JobStore } from '../job-store.ts';
import type { OnceStore } from '../once.ts';
import type { PayloadStore } from '../payload-store.ts';
import { createHandle } from './handle.ts';
import { createPulse } from './pulse.ts';
import type { Received } from './settle.ts';
import type { Tasks } from './task.ts';

export interface WorkerDeps {
  readonly store: JobStore;
  readonly queue: JobQueue;
  readonly tasks: Tasks;
  readonly payloads?: PayloadStore;
  readonly onceStore?: OnceStore;
  readonly clock: Clock;
  readonly random: () => number;
  readonly createId: CreateId;
  readonly log: (entry: object) => void;
  /** Between tries to say how an attempt ended. @default by a timer */
  readonly sleep?: (ms: number) => Promise<unknown>;
  /** @default CATALOGUE */
  readonly catalogue?: Catalogue;
}

export interface Batch {
  readonly address: QueueAddress;
  readonly messages: readonly Received[];
  /** From then on nothing is begun, and what runs is handed back. */
  readonly stopAt: number;
}

export interface Worker {
  run(batch: Batch): Promise<readonly string[]>;
}

const AT_ONCE = 10;

export function createWorker(deps: WorkerDeps): Worker {
  const { payloads, onceStore, catalogue = CATALOGUE, sleep = byTimer } = deps;
  const handle = createHandle({
    ...deps,
    payloads,
    onceStore,
    catalogue,
    sleep,
    pulse: createPulse(deps.store),
  });
  return {
    async run({ address, messages, stopAt }) {
      const verdicts = await mapBounded(messages, AT_ONCE, message => handle({ address, message, stopAt }));
      return messages.flatMap(({ messageId }, at) => (verdicts[at] === 'again' ? [messageId] : []));
    },
  };
}

function byTimer(ms: number): Promise<unknown> {
  return new Promise(resolve => setTimeout(resolve, ms));
}
