/**
 * What the scripts answer, read into the outcomes of the port.
 *
 * Shape   reply -> Creation | Claim | CancelReply | RetryReply | Overdue | BegunEffect | Eviction
 * Errors  TypeError for a row that cannot have been written by us
 */

import { RedisError, type RedisReply } from '../../redis/redis.ts';
import type { EndedState, Job, JobState } from '../job.ts';
import type {
  BegunEffect,
  CancelReply,
  Claim,
  Creation,
  EndReply,
  Eviction,
  NewJob,
  Overdue,
  RetryReply,
  StoredPayload,
} from '../job-store.ts';
import { readRow, textOf } from './row.ts';

/** Nothing we send is refused, unless the database is full, or somebody wrote other things below our keys. */
export function expected(reply: RedisReply): RedisReply {
  if (reply instanceof RedisError) throw reply;
  return reply;
}

export function listOf(reply: RedisReply): readonly RedisReply[] {
  return Array.isArray(reply) ? reply : [reply];
}

export function readCreation(reply: RedisReply, written: NewJob): Creation {
  if (reply instanceof RedisError) return { kind: 'unwritten', reason: reply.message };
  const [kind, row = null] = listOf(reply);
  switch (textOf(kind ?? null)) {
    case 'created':
      return { kind: 'created', job: newborn(written) };
    case 'existing':
      return { kind: 'existing', job: jobOf(row) };
    case 'mismatch':
      return { kind: 'mismatch', job: jobOf(row) };
    default:
      return { kind: 'unwritten', reason: textOf(row) ?? 'it gave no answer for this row' };
  }
}

/** A row as it stands when it has just been written. */
function newborn({ id, type, lane, tenant, priority, createdAt, runAt }: NewJob): Job {
  const told = { id, type, lane, tenant, priority, createdAt, changedAt: createdAt };
  const counted = { ...told, revision: 1, attempts: 0, repeats: 0 };
  return runAt === undefined ? { ...counted, state: 'queued' } : { ...counted, state: 'scheduled', runAt };
}

export function readClaim(reply: RedisReply): Claim {
  const [first = null, ...rest] = listOf(reply);
  const text = (at: number) => textOf(rest[at] ?? null) ?? '';
  switch (textOf(first)) {
    case 'claimed':
      return { kind: 'claimed', job: jobOf(rest[0]) as Job & { state: 'running' }, payload: payloadOf(rest) };
    case 'ended':
      return { kind: 'ended', state: text(0) as EndedState };
    case 'exhausted':
      return { kind: 'exhausted', death: Number(text(0)), tenant: text(1) };
    case 'busy':
      return { kind: 'busy', leaseUntil: Number(text(0)) };
    case 'early':
      return { kind: 'early', dueAt: Number(text(0)) };
    case 'capped':
      return { kind: 'capped', tenant: text(0), createdAt: Number(text(1)) };
    case 'cancelled':
      return { kind: 'cancelled' };
    default:
      return { kind: 'absent' };
  }
}

function payloadOf([, json, key]: readonly RedisReply[]): StoredPayload {
  const claimCheck = textOf(key ?? null);
  if (claimCheck !== undefined) return { kind: 'claim-check', key: claimCheck };
  return { kind: 'inline', json: textOf(json ?? null) ?? '' };
}

export function readEnd(reply: RedisReply): EndReply {
  const [kind, state, deaths] = listOf(reply).map(member => textOf(member));
  return kind === 'moved' ? { kind, state: state as JobState, deaths: Number(deaths) } : { kind: 'refused' };
}

export function readCancel(reply: RedisReply): CancelReply {
  const [first = null, row, was] = listOf(reply);
  const kind = textOf(first) as CancelReply['kind'];
  if (kind === 'absent') return { kind };
  if (kind === 'cancelled') return { kind, job: jobOf(row), was: textOf(was ?? null) as JobState };
  return { kind, job: jobOf(row) };
}

export function readRetry(reply: RedisReply): RetryReply {
  const [first = null, row] = listOf(reply);
  const kind = textOf(first) as RetryReply['kind'];
  return kind === 'absent' ? { kind } : { kind, job: jobOf(row) };
}

export function readOverdue(reply: RedisReply): Overdue | null {
  const [first = null, row, deaths = null] = listOf(reply);
  const kind = textOf(first);
  if (kind === 'send') return { kind, job: jobOf(row) };
  return kind === 'bury' ? { kind, job: jobOf(row), death: Number(textOf(deaths)) } : null;
}

export function readBegun(reply: RedisReply): BegunEffect {
  const [kind, result = ''] = listOf(reply).map(member => textOf(member));
  if (kind === 'done') return { kind, result };
  return { kind: kind === 'again' ? 'again' : 'first' };
}

export function readEviction(reply: RedisReply): Eviction {
  const policy = /^maxmemory_policy:(\S+)/m.exec(
    reply instanceof RedisError ? '' : (textOf(reply) ?? ''),
  )?.[1];
  if (policy === undefined) return { kind: 'unknown' };
  return policy === 'noeviction' ? { kind: 'never' } : { kind: 'may', policy };
}

function jobOf(row: RedisReply | undefined): Job {
  return readRow(listOf(row ?? null));
}
