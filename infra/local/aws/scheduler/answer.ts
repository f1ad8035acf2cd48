/**
 * EventBridge Scheduler's API as far as one-time schedules go: creates and removes them, and refuses what the real one would.
 *
 * Errors  ValidationException (400), ConflictException (409), ResourceNotFoundException (404), in the vendor's words
 * Source  EventBridge Scheduler API Reference, CreateSchedule and DeleteSchedule
 */

import type { Answer, WireReply, WireRequest } from '../../loopback.ts';
import { parseSchedule, ScheduleRefused } from './parse-schedule.ts';
import type { Schedules } from './schedules.ts';

export interface SchedulerDeps {
  readonly schedules: Schedules;
  /** Carries out `sqs:sendMessage` as the role would. */
  readonly sendMessage: (input: object) => Promise<void>;
  readonly clock: () => number;
}

const PATH = /^\/schedules\/(?<name>[0-9A-Za-z_.-]{1,64})(?:\?(?<query>.*))?$/;

export function createScheduler(deps: SchedulerDeps): Answer {
  return async request => {
    const { name, query } = PATH.exec(request.url)?.groups ?? {};
    if (name === undefined) return failure(400, 'ValidationException', 'There is no such path.');
    try {
      if (request.method === 'POST') return create(name, request, deps);
      if (request.method === 'DELETE') return remove(name, query, deps);
      return failure(400, 'ValidationException', `${request.method} is not done to a schedule.`);
    } catch (error) {
      if (error instanceof ScheduleRefused) return failure(400, 'ValidationException', error.message);
      throw error;
    }
  };
}

function create(
  name: string,
  { body }: WireRequest,
  { schedules, sendMessage, clock }: SchedulerDeps,
): WireReply {
  const { group, at, input } = parseSchedule(Buffer.from(body).toString(), clock());
  if (!schedules.add({ group, name, at, fire: () => sendMessage(input) }))
    return failure(409, 'ConflictException', `Schedule ${name} already exists.`);
  const ScheduleArn = `arn:aws:scheduler:us-east-1:000000000000:schedule/${group}/${name}`;
  return json(200, { ScheduleArn });
}

function remove(name: string, query: string | undefined, { schedules }: SchedulerDeps): WireReply {
  const group = new URLSearchParams(query).get('groupName') ?? 'default';
  return schedules.remove(group, name)
    ? json(200, {})
    : failure(404, 'ResourceNotFoundException', `Schedule ${name} does not exist.`);
}

function json(status: number, body: object): WireReply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

function failure(status: number, code: string, Message: string): WireReply {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ Message }),
  };
}
