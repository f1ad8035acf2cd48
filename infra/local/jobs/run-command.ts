/**
 * Carries a command out through the client, and says what came of it.
 *
 * Shape   command -> exit code: 0 done, 1 where the edge refused or the watched job did not succeed
 * Errors  a payload that cannot be read is a UsageError; those of the client are told in a sentence
 */

import type { JobView } from '../../../shared/api/jobs.ts';
import {
  type Client,
  HeadraceApiError,
  type JobEvent,
  type JobListQuery,
} from '../../../shared/client/client.ts';
import type { Clock } from '../../../shared/primitives/clock.ts';
import { UsageError } from '../command-line.ts';
import { EXIT } from '../part.ts';
import type { Bar } from './bar.ts';
import type { Command } from './command.ts';
import { watchWithBar } from './watch-bar.ts';
import { formatJob, formatPage, formatQueues, formatRedriven } from './words.ts';

export interface RunDeps {
  readonly jobs: Client['jobs'];
  readonly clock: Clock;
  /** Of '@path' or '-'. */
  readonly readText: (source: string) => Promise<string>;
  readonly say: (text: string) => void;
  readonly complain: (sentence: string) => void;
  readonly openBar: () => Bar;
}

export interface RunOptions {
  readonly json: boolean;
}

export async function runCommand(command: Command, deps: RunDeps, options: RunOptions): Promise<number> {
  try {
    return await carryOut(command, { ...deps, ...options });
  } catch (error) {
    if (!(error instanceof HeadraceApiError)) throw error;
    deps.complain(sentenceOf(error));
    return EXIT.failure;
  }
}

type Session = RunDeps & RunOptions;

async function carryOut(command: Command, session: Session): Promise<number> {
  const { jobs, clock } = session;
  switch (command.name) {
    case 'enqueue':
      return enqueue(command, session);
    case 'watch':
      return watch(command.id, session);
    case 'list':
      return tell(session, await jobs.list(queryOf(command)), page => formatPage(page, clock()));
    case 'queues':
      return tell(session, await jobs.queues(), formatQueues);
    case 'redrive':
      return tell(session, await jobs.redrive(command.type, command.perSecond), formatRedriven);
    default:
      return tellJob(session, await jobs[command.name](command.id));
  }
}

function tell<Answer>(
  { say, json }: Session,
  answer: Answer,
  words: (answer: Answer) => string,
): typeof EXIT.stopped {
  say(json ? JSON.stringify(answer) : words(answer));
  return EXIT.stopped;
}

function tellJob(session: Session, job: JobView) {
  return tell(session, job, told => formatJob(told, session.clock()));
}

async function enqueue(command: Command & { name: 'enqueue' }, session: Session): Promise<number> {
  const { name: _, watch: watches, type, payload, ...options } = command;
  const isElsewhere = payload === '-' || payload.startsWith('@');
  const text = isElsewhere ? await session.readText(payload) : payload;
  const job = await session.jobs.enqueue(type, parsePayload(text) as never, options);
  return watches ? watch(job.id, session) : tellJob(session, job);
}

async function watch(id: string, session: Session): Promise<number> {
  const events = session.jobs.watch(id);
  const job = session.json ? await sayEach(events, session) : await watchWithBar(events, session.openBar());
  if (job && !session.json) tellJob(session, job);
  return job?.state === 'succeeded' ? EXIT.stopped : EXIT.failure;
}

async function sayEach(events: AsyncIterable<JobEvent>, { say }: Session): Promise<JobView | undefined> {
  let job: JobView | undefined;
  for await (const event of events) {
    say(JSON.stringify(event));
    if (event.kind === 'state') job = event.job;
  }
  return job;
}

function queryOf({ name: _, ...asked }: Command & { name: 'list' }): JobListQuery {
  return asked;
}

function parsePayload(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`The payload is no JSON: ${(error as Error).message}.`);
  }
}

function sentenceOf({ code, title, detail }: HeadraceApiError): string {
  const hint = HINTS[code];
  return [`${code}: ${detail ?? title}`, ...(hint ? [hint] : [])].join('\n');
}

const HINTS: Readonly<Record<string, string>> = {
  EDGE_UNREACHABLE: 'Does it run? Begin with npm start, or say where your edge is in HEADRACE_URL.',
  ADMIN_TOKEN_WRONG: 'Set ADMIN_TOKEN to the token of this edge: npm start prints the one it made.',
};
