/**
 * Redis or SQS down, slow, or deaf in every place where the engine speaks to them: what was accepted is done, and what was
 * refused said so.
 *
 * Shape   one trouble, how many jobs -> how many were accepted, refused, done, lost
 */

import { PermanentError } from '../../../shared/jobs/permanent-error.ts';
import { RedisUnavailable } from '../../../shared/redis/redis.ts';
import { withChaos } from '../../fakes/chaos.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { createTestEngine } from '../../shared/jobs/engine.ts';

export interface Place {
  readonly name: string;
  readonly port: 'store' | 'queue';
  readonly method: string;
}

export const PLACES: readonly Place[] = [
  { name: 'Redis while enqueuing', port: 'store', method: 'createMany' },
  { name: 'Redis after sending', port: 'store', method: 'confirmMany' },
  { name: 'Redis while claiming', port: 'store', method: 'claim' },
  { name: 'Redis for progress', port: 'store', method: 'progress' },
  { name: 'Redis while finishing', port: 'store', method: 'end' },
  { name: 'SQS while enqueuing', port: 'queue', method: 'sendMany' },
  { name: 'SQS while waiting again', port: 'queue', method: 'changeVisibility' },
  { name: 'SQS for dead letters', port: 'queue', method: 'deadLetter' },
];

/** `down`: it was not asked. `deaf`: it did what it was asked, and its answer was lost. `slow`: it answers late. */
export const TROUBLES = ['down', 'deaf', 'slow'] as const;
export type TroubleKind = (typeof TROUBLES)[number];

export interface FaultFigures {
  readonly accepted: number;
  readonly refused: number;
  readonly ended: number;
  /** Accepted, and not ended. */
  readonly lost: number;
  readonly deadLetters: number;
}

export interface FaultOptions {
  readonly place: Place;
  readonly kind: TroubleKind;
  readonly jobs: number;
  /** Of the calls, how many go wrong. */
  readonly ratio: number;
  readonly random: () => number;
}

const report = { report: 'a', format: 'csv' } as const;
const lane = { type: 'reports', lane: 'normal' } as const;
const SLOW_MS = 3;

export async function runFaults({
  place,
  kind,
  jobs: count,
  ratio,
  random,
}: FaultOptions): Promise<FaultFigures> {
  const clock = createTestClock();
  const trouble = { on: true };
  const meet = async (method: string) => {
    if (!trouble.on || method !== place.method || random() >= ratio) return;
    if (kind === 'slow') await new Promise(resolve => setTimeout(resolve, SLOW_MS));
    else throw new RedisUnavailable('no answer');
  };
  const around = <Port extends object>(port: Port) =>
    withChaos(port, kind === 'deaf' ? { after: meet } : { before: meet });
  const seen = new Map<string, number>();
  const { jobs, memory, deliver, rescue } = await createTestEngine({
    clock,
    around: { [place.port]: around },
    sleep: async () => {},
    tasks: {
      reports: async (_, { id, progress }) => {
        const runs = (seen.get(id) ?? 0) + 1;
        seen.set(id, runs);
        progress(50);
        // Of the ids a quarter fails once, a sixteenth for good.
        if (id.endsWith('0')) throw new PermanentError('NEVER', 'no');
        if (/[1-4]$/.test(id) && runs === 1) throw new Error('once');
      },
    },
  });
  const outcomes = [];
  // One by one: a batch shares the fate of its one round trip.
  for (let i = 0; i < count; i++) outcomes.push(await jobs.enqueue('reports', report).catch(() => undefined));
  const accepted = outcomes.flatMap(outcome => (outcome?.kind === 'accepted' ? [outcome.job.id] : []));

  for (let round = 0; round < 16; round++) {
    trouble.on = round < 5;
    while ((await deliver('reports', { most: 10 })).deliveries.length > 0);
    clock.advance(3_700_000);
    await rescue(clock() + 1).catch(() => {});
  }
  const states = await Promise.all(accepted.map(async id => (await jobs.get(id))?.state));
  const ended = states.filter(state => state === 'succeeded' || state === 'dead').length;
  return {
    accepted: accepted.length,
    refused: outcomes.length - accepted.length,
    ended,
    lost: accepted.length - ended,
    deadLetters: (await memory.depths(lane)).deadLetters,
  };
}
