/**
 * The emulator's memory: what the last run left in one SQLite file, and what the topology asks for.
 *
 * Errors  StartError when the file cannot be opened
 */

import { chmodSync, mkdirSync } from 'node:fs';
import { PersistenceManager } from '../../../node_modules/fauxqs/dist/persistence.js';
import { S3Store } from '../../../node_modules/fauxqs/dist/s3/s3Store.js';
import { SnsStore } from '../../../node_modules/fauxqs/dist/sns/snsStore.js';
import { SqsStore } from '../../../node_modules/fauxqs/dist/sqs/sqsStore.js';
import type { Topology } from '../../check-topology.ts';
import type { QueueSpec } from '../../topology.ts';
import { EXIT, StartError } from '../part.ts';

export interface EmulatorOptions {
  readonly topology: Pick<Topology, 'buckets' | 'queues'>;
  readonly region: string;
  /** Where the gateway answers: queue URLs begin with it. */
  readonly origin: string;
  /** Without it everything is forgotten at the end. */
  readonly stateDir?: string | undefined;
}

export interface Stores {
  readonly sqsStore: SqsStore;
  readonly snsStore: SnsStore;
  readonly s3Store: S3Store;
}

/** What local AWS emulators agree on. */
export const LOCAL_ACCOUNT = '000000000000';

export function openStores(options: EmulatorOptions): { readonly stores: Stores; close(): void } {
  const stores = { sqsStore: new SqsStore(), snsStore: new SnsStore(), s3Store: new S3Store() };
  // With a host of its own fauxqs names queues below sqs.<region>.<host>, which no resolver here knows.
  stores.sqsStore.host = '';
  const memory = options.stateDir === undefined ? null : restore(stores, options, options.stateDir);
  for (const name of Object.keys(options.topology.buckets)) stores.s3Store.createBucket(name);
  createQueues(stores.sqsStore, options);
  return { stores, close: () => memory?.close() };
}

function restore(stores: Stores, options: EmulatorOptions, stateDir: string): PersistenceManager {
  const memory = openState(stateDir);
  memory.loadSqsAndSns(atThisOrigin(stores.sqsStore, options), stores.snsStore);
  memory.loadS3(stores.s3Store);
  // Only now: while loading, a store that writes back would delete what it has not read yet.
  stores.s3Store.persistence = memory;
  stores.sqsStore.persistence = memory;
  for (const queue of stores.sqsStore.allQueues()) queue.persistence = memory;
  return memory;
}

function openState(stateDir: string): PersistenceManager {
  try {
    // The emulator makes files that all may read: their folder is what keeps them to their owner.
    mkdirSync(stateDir, { recursive: true });
    chmodSync(stateDir, 0o700);
    return new PersistenceManager(stateDir);
  } catch (cause) {
    const sentence = `The state of the local AWS in ${stateDir} cannot be opened; npm run clean forgets it.`;
    throw new StartError(EXIT.failure, sentence, { cause });
  }
}

/** A restored queue would keep the URL of the last run, whose port is gone. */
function atThisOrigin(store: SqsStore, { origin }: EmulatorOptions): SqsStore {
  const createQueue: SqsStore['createQueue'] = (name, _url, ...rest) =>
    store.createQueue(name, queueUrl(origin, name), ...rest);
  return Object.create(store, { createQueue: { value: createQueue } });
}

function createQueues(store: SqsStore, options: EmulatorOptions): void {
  for (const [name, spec] of Object.entries(options.topology.queues)) {
    const deadLetters = `${name}-dlq`;
    ensureQueue(store, options, { name: deadLetters, attributes: {} });
    ensureQueue(store, options, { name, attributes: attributesOf(spec, arn(deadLetters, options)) });
  }
}

interface QueueToBe {
  readonly name: string;
  readonly attributes: Record<string, string>;
}

/** A restored queue takes the topology's present settings. */
function ensureQueue(store: SqsStore, options: EmulatorOptions, { name, attributes }: QueueToBe): void {
  const known = store.getQueueByName(name);
  if (known) known.setAttributes(attributes);
  else store.createQueue(name, queueUrl(options.origin, name), arn(name, options), attributes);
}

function attributesOf(
  { visibilitySeconds, maxReceives }: QueueSpec,
  deadLetters: string,
): Record<string, string> {
  return {
    VisibilityTimeout: String(visibilitySeconds),
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters, maxReceiveCount: maxReceives }),
  };
}

function arn(queue: string, { region }: EmulatorOptions): string {
  return `arn:aws:sqs:${region}:${LOCAL_ACCOUNT}:${queue}`;
}

function queueUrl(origin: string, name: string): string {
  return `${origin}/${LOCAL_ACCOUNT}/${name}`;
}
