/**
 * The rows of all jobs in Redis: each move is one script, so two who move the same row at once cannot both succeed.
 *
 * Errors  RedisUnavailable without an answer; a refusal by Redis itself is a RedisError: nothing here expects one
 * Cost    one round trip a call; createMany one for a hundred rows, takeOverdue makes two trips
 */

import type { Redis, RedisArgument, RedisReply } from '../../redis/redis.ts';
import { createScript, type Script } from '../../redis/script.ts';
import { parseJobId } from '../job-id.ts';
import type { JobStore, Outcome, Standing } from '../job-store.ts';
import { CREATE } from './create.lua.ts';
import { createMany } from './create-many.ts';
import { createJobKeys } from './job-keys.ts';
import { createJobLists } from './job-lists.ts';
import {
  expected,
  listOf,
  readBegun,
  readCancel,
  readClaim,
  readEnd,
  readEviction,
  readOverdue,
  readRetry,
} from './replies.ts';
import { textOf } from './row.ts';
import { runMany } from './run-many.ts';
import * as scripts from './scripts.lua.ts';

export interface RedisJobStoreOptions {
  /** @default 'jobs' */
  readonly prefix?: string;
}

/** So often may a job be cut short by the end of its function before that counts as an attempt. */
const FREE_HAND_BACKS = 10;

export function createRedisJobStore(redis: Redis, { prefix = 'jobs' }: RedisJobStoreOptions = {}) {
  const keys = createJobKeys(prefix);
  const known = loadScripts();

  async function move(script: Script, id: string, args: readonly RedisArgument[]): Promise<RedisReply> {
    return expected(await script.run(redis, keys.ofMove(id), [id, ...args]));
  }

  return {
    ...createJobLists(redis, keys),

    createMany: rows => createMany(rows, { redis, keys, script: known.create }),
    async confirmMany(confirmations) {
      const triples = confirmations.flatMap(({ id, from, to }) => [id, from, to]);
      if (triples.length > 0) expected(await known.confirm.run(redis, [keys.watch], triples));
    },
    async claim(id, { now, holder, leaseMs, attempts, perTenant, watchAt, death = '' }) {
      const given = [now, holder, now + leaseMs, attempts, perTenant, watchAt, death];
      return readClaim(await move(known.claim, id, given));
    },
    async progress(id, { holder, now, percent, message = '' }) {
      return textOf(await move(known.progress, id, [now, holder, percent, message])) as Standing;
    },
    async standings(held) {
      if (held.length === 0) return [];
      const replies = await redis.pipeline(
        held.map(({ id }) => ['HMGET', keys.row(id), 'state', 'holder', 'cancelRequestedAt'] as const),
      );
      return replies.map((reply, at) => standingOf(expected(reply), held[at]?.holder));
    },
    async end(id, { holder, now, outcome, watchAt }) {
      const given = [now, holder, outcome.kind, watchAt, ...detailsOf(outcome)];
      return readEnd(await move(known.end, id, given));
    },
    cancel: async (id, now) => readCancel(await move(known.cancel, id, [now])),
    retry: async (id, { now, watchAt }) => readRetry(await move(known.retry, id, [now, watchAt])),
    async takeOverdue({ now, limit, watchAt, attemptsOf }) {
      const [due = []] = await redis.pipeline([
        ['ZRANGE', keys.watch, '-inf', now, 'BYSCORE', 'LIMIT', 0, limit],
      ]);
      const ids = listOf(expected(due)).flatMap(member => textOf(member) ?? []);
      const calls = await Promise.all(
        ids.flatMap(id => {
          const type = parseJobId(id);
          return type === null
            ? []
            : [known.rescue.command(keys.ofMove(id), [id, now, watchAt, attemptsOf(type)])];
        }),
      );
      // Of a type that another version knows: out of the way of the others, and not lost.
      const strange = ids.filter(id => parseJobId(id) === null);
      if (strange.length > 0)
        await redis.pipeline([['ZADD', keys.watch, 'XX', ...strange.flatMap(id => [watchAt, id])]]);
      const replies = await runMany(redis, scripts.RESCUE, calls);
      return replies.flatMap(reply => readOverdue(expected(reply)) ?? []);
    },
    async beginEffect(id, key) {
      return readBegun(expected(await known.beginEffect.run(redis, [keys.row(id)], [`effect:${key}`])));
    },
    async completeEffect(id, key, result) {
      expected(await known.completeEffect.run(redis, [keys.row(id)], [`effect:${key}`, result]));
    },
    async evicts() {
      const [reply = null] = await redis.pipeline([['INFO', 'memory']]);
      return readEviction(reply);
    },
  } satisfies JobStore;
}

function loadScripts() {
  return {
    create: createScript(CREATE),
    confirm: createScript(scripts.CONFIRM),
    claim: createScript(scripts.CLAIM),
    progress: createScript(scripts.PROGRESS),
    end: createScript(scripts.END),
    cancel: createScript(scripts.CANCEL),
    retry: createScript(scripts.RETRY),
    rescue: createScript(scripts.RESCUE),
    beginEffect: createScript(scripts.BEGIN_EFFECT),
    completeEffect: createScript(scripts.COMPLETE_EFFECT),
  };
}

function detailsOf(outcome: Outcome): readonly RedisArgument[] {
  switch (outcome.kind) {
    case 'succeeded':
      return [outcome.result ?? ''];
    case 'failed':
      return [outcome.result ?? '', outcome.nextAttemptAt, outcome.error.code, outcome.error.message];
    case 'dead':
      return [outcome.result ?? '', outcome.error.code, outcome.error.message];
    case 'postponed':
      return [outcome.result ?? '', outcome.runAt];
    case 'handed-back':
      return ['', FREE_HAND_BACKS];
    case 'cancelled':
      return [''];
  }
}

function standingOf(reply: RedisReply, holder: string | undefined): Standing {
  const [state, held, cancel] = listOf(reply).map(textOf);
  if (state !== 'running' || held !== holder) return 'lost';
  return cancel === undefined ? 'go-on' : 'cancel';
}
