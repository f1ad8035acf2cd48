/**
 * Where things lie in Redis: a hash for each job, a list of jobs for each type and state, who runs how much, and the watch.
 *
 * Shape   id -> the keys that every move of it declares: row, watch, running, then one list for each state, in their order
 */

import type { JobType } from '../catalogue.ts';
import { JOB_STATES, type JobState } from '../job.ts';
import { parseJobId } from '../job-id.ts';

export interface JobKeys {
  row(id: string): string;
  /** Members are '<createdAt>:<id>', all with the score 0: in the order of their text, which is that of their creation. */
  list(type: JobType, state: JobState): string;
  /** Ids, by the instant at which somebody is to look after them. */
  readonly watch: string;
  ofMove(id: string): readonly string[];
}

export function createJobKeys(prefix: string): JobKeys {
  const row = (id: string) => `${prefix}:${id}`;
  const list = (type: JobType, state: JobState) => `${prefix}:list:${type}:${state}`;
  const watch = `${prefix}:watch`;
  return {
    row,
    list,
    watch,
    ofMove(id) {
      const type = parseJobId(id);
      if (type === null) throw new RangeError(`${id} is not the id of a job`);
      return [row(id), watch, `${prefix}:running:${type}`, ...JOB_STATES.map(state => list(type, state))];
    },
  };
}

export function idOfMember(member: string): string {
  return member.slice(member.indexOf(':') + 1);
}

/** Epoch ms have thirteen digits from 2001 to 2286, so that their text is in order. */
export function createdAtOf(member: string): number {
  return Number(member.slice(0, member.indexOf(':')));
}

/** Sorts before every member that was created at the instant or later. */
export function memberBefore(createdAt: number): string {
  return String(Math.max(0, createdAt)).padStart(13, '0');
}
