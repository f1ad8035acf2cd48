/**
 * Writes many rows in few scripts: a hundred rows of one type each, and no more bytes than one request may have.
 *
 * Shape   rows -> what became of each, in their order
 * Errors  as the store. A script that Redis refuses wrote none of its rows
 * Cost    one round trip for each script, a few side by side
 * Source  Upstash, "Limits": a request has a megabyte on the smallest plan
 */

import { mapBounded } from '../../primitives/bounded.ts';
import { type Redis, type RedisArgument, RedisError, type RedisReply } from '../../redis/redis.ts';
import type { Script } from '../../redis/script.ts';
import type { JobType } from '../catalogue.ts';
import type { Creation, NewJob } from '../job-store.ts';
import type { JobKeys } from './job-keys.ts';
import { listOf, readCreation } from './replies.ts';

const MOST_ROWS = 100;
const MOST_BYTES = 512 * 1024;
const AT_ONCE = 4;

export interface CreateManyDeps {
  readonly redis: Redis;
  readonly script: Script;
  readonly keys: JobKeys;
}

export async function createMany(
  rows: readonly NewJob[],
  { redis, script, keys }: CreateManyDeps,
): Promise<readonly Creation[]> {
  const creations: Creation[] = [];
  await mapBounded(packRows(rows), AT_ONCE, async ({ type, places }) => {
    const pack = places.map(place => rows[place] as NewJob);
    const shared = [keys.watch, keys.list(type, 'scheduled'), keys.list(type, 'queued')];
    const named = [...shared, ...pack.map(({ id }) => keys.row(id))];
    const reply = await script.run(redis, named, pack.flatMap(argumentsOf));
    for (const [at, row] of pack.entries())
      creations[places[at] ?? 0] = readCreation(replyAt(reply, at), row);
  });
  return creations;
}

interface Pack {
  readonly type: JobType;
  /** Of its rows, in the order they came. */
  readonly places: readonly number[];
}

/** Each type apart: its lists are its own. */
function packRows(rows: readonly NewJob[]): readonly Pack[] {
  const byType = Map.groupBy(rows.keys(), place => (rows[place] as NewJob).type);
  return [...byType].flatMap(([type, places]) =>
    packPlaces(places, rows).map(packed => ({ type, places: packed })),
  );
}

function packPlaces(places: readonly number[], rows: readonly NewJob[]): readonly (readonly number[])[] {
  const packs: number[][] = [];
  let [open, bytes]: [number[], number] = [[], 0];
  for (const place of places) {
    const size = mostBytesOf(rows[place] as NewJob);
    if (open.length === 0 || open.length === MOST_ROWS || bytes + size > MOST_BYTES) {
      [open, bytes] = [[], 0];
      packs.push(open);
    }
    open.push(place);
    bytes += size;
  }
  return packs;
}

/** A character has three bytes at most; counting them exactly would cost more than a script too many. */
function mostBytesOf({ payload }: NewJob): number {
  return payload.kind === 'inline' ? 3 * payload.json.length : 0;
}

function replyAt(reply: RedisReply, at: number): RedisReply {
  return reply instanceof RedisError ? reply : (listOf(reply)[at] ?? null);
}

function argumentsOf(row: NewJob): readonly RedisArgument[] {
  const { id, createdAt, watchAt, fingerprint, lane, tenant, priority, runAt, payload } = row;
  const place = payload.kind === 'inline' ? ['payload', payload.json] : ['payloadKey', payload.key];
  const state = runAt === undefined ? 'queued' : 'scheduled';
  const known = ['id', id, 'state', state, 'createdAt', createdAt, 'fingerprint', fingerprint];
  const time = runAt === undefined ? [] : ['runAt', runAt];
  const counted = ['changedAt', createdAt, 'revision', 1, 'attempts', 0, 'repeats', 0, 'deaths', 0];
  const fields = [
    ...known,
    'lane',
    lane,
    'tenant',
    tenant,
    'priority',
    priority,
    ...time,
    ...counted,
    ...place,
  ];
  return [watchAt, fields.length, ...fields];
}
