/**
 * Looking at jobs: one, a page of them, how many there are.
 *
 * Shape   a page is merged from one list for each type and state; its cursor is the last member it gave
 * Errors  as the store
 * Cost    a page is two round trips, billed as one command for each list and each row; counting two commands a state
 */

import type { Redis, RedisCommand, RedisReply } from '../../redis/redis.ts';
import type { JobType } from '../catalogue.ts';
import { ENDED_STATES, JOB_STATES, type Job } from '../job.ts';
import { parseJobId } from '../job-id.ts';
import type { JobPage, JobStore, ListFilter, StateCounts } from '../job-store.ts';
import { createdAtOf, idOfMember, type JobKeys, memberBefore } from './job-keys.ts';
import { KEPT_MS } from './move.lua.ts';
import { expected, listOf } from './replies.ts';
import { ROW_FIELDS, readRow, textOf } from './row.ts';

type JobLists = Pick<JobStore, 'get' | 'list' | 'counts' | 'prune'>;

export function createJobLists(redis: Redis, keys: JobKeys): JobLists {
  const all = async (commands: readonly RedisCommand[]) =>
    commands.length === 0 ? [] : (await redis.pipeline(commands)).map(expected);

  async function rowsOf(ids: readonly string[]): Promise<readonly (Job | null)[]> {
    const rows = await all(ids.map(id => ['HMGET', keys.row(id), ...ROW_FIELDS]));
    return rows.map(row => (textOf(listOf(row)[0] ?? null) === undefined ? null : readRow(listOf(row))));
  }

  return {
    async get(id) {
      if (parseJobId(id) === null) return null;
      return (await rowsOf([id]))[0] ?? null;
    },
    async list({ types, states, limit, cursor }: ListFilter): Promise<JobPage> {
      const from = cursor === undefined ? '+' : `(${cursor}`;
      const lists = types.flatMap(type => states.map(state => keys.list(type, state)));
      const replies = await all(
        lists.map(key => ['ZRANGE', key, from, '-', 'BYLEX', 'REV', 'LIMIT', 0, limit + 1]),
      );
      const members = replies.flatMap(membersOf).sort().reverse();
      const page = members.slice(0, limit);
      const jobs = (await rowsOf(page.map(idOfMember))).filter(job => job !== null);
      const last = page.at(-1);
      return members.length > limit && last !== undefined ? { jobs, cursor: last } : { jobs };
    },
    async counts(types) {
      const replies = await all(types.flatMap(type => countCommands(keys, type)));
      const perType = JOB_STATES.length + 1;
      return new Map(
        types.map((type, at) => [type, countsOf(replies.slice(at * perType, (at + 1) * perType))]),
      );
    },
    async prune(types, { now, limit }) {
      const lists = types.flatMap(type => ENDED_STATES.map(state => keys.list(type, state)));
      // What was created later still has a row, whenever it ended.
      const youngest = `(${memberBefore(now - KEPT_MS)}`;
      const replies = await all(lists.map(key => ['ZRANGE', key, '-', youngest, 'BYLEX', 'LIMIT', 0, limit]));
      const oldest = replies.map(membersOf);
      const listed = oldest.flatMap((members, at) =>
        members.map(member => ({ key: lists[at] ?? '', member })),
      );
      const there = await all(listed.map(({ member }) => ['EXISTS', keys.row(idOfMember(member))]));
      const gone = listed.filter((_, at) => there[at] === 0);
      await all(gone.map(({ key, member }) => ['ZREM', key, member]));
      return gone.length;
    },
  };
}

function membersOf(reply: RedisReply): readonly string[] {
  return listOf(reply).flatMap(member => textOf(member) ?? []);
}

function countCommands(keys: JobKeys, type: JobType): readonly RedisCommand[] {
  return [
    ...JOB_STATES.map(state => ['ZCARD', keys.list(type, state)] as const),
    ['ZRANGE', keys.list(type, 'queued'), 0, 0],
  ];
}

function countsOf(replies: readonly RedisReply[]): StateCounts {
  const states = Object.fromEntries(JOB_STATES.map((state, at) => [state, Number(replies[at])]));
  const [oldest] = membersOf(replies.at(-1) ?? null);
  return {
    states: states as StateCounts['states'],
    ...(oldest !== undefined && { oldestQueuedAt: createdAtOf(oldest) }),
  };
}
