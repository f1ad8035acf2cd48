/**
 * What was asked for on the command line.
 *
 * Shape   arguments -> { kind: 'command' } | { kind: 'help' } | { kind: 'wrong', sentence }
 * Errors  none (total)
 */

import type { ParseArgsConfig } from 'node:util';
import { isJobType, JOB_TYPES, type JobType } from '../../../shared/jobs/catalogue.ts';
import { JOB_STATES, type JobState } from '../../../shared/jobs/job.ts';
import { orWrong, type Parsed, readOptions, UsageError } from '../command-line.ts';

export type Command =
  | {
      readonly name: 'enqueue';
      readonly type: JobType;
      /** JSON, @file, or - for standard input. */
      readonly payload: string;
      readonly priority?: number;
      readonly delaySeconds?: number;
      readonly tenant?: string;
      readonly idempotencyKey?: string;
      readonly watch: boolean;
    }
  | { readonly name: 'get' | 'watch' | 'cancel' | 'retry'; readonly id: string }
  | {
      readonly name: 'list';
      readonly type?: JobType;
      readonly state?: JobState;
      readonly limit?: number;
      readonly cursor?: string;
    }
  | { readonly name: 'queues' }
  | { readonly name: 'redrive'; readonly type: JobType; readonly perSecond: number };

export interface Asked {
  readonly command: Command;
  readonly json: boolean;
}

const DEFAULT_PER_SECOND = 10;

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  json: { type: 'boolean' },
  watch: { type: 'boolean', short: 'w' },
  type: { type: 'string' },
  state: { type: 'string' },
  limit: { type: 'string' },
  cursor: { type: 'string' },
  priority: { type: 'string' },
  delay: { type: 'string' },
  tenant: { type: 'string' },
  key: { type: 'string' },
  rate: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

type Given = ReturnType<typeof parse>['values'];

/** What each command takes besides --json and --help: another's option would be lost without a word. */
const TAKES: Readonly<Record<Command['name'], readonly (keyof typeof OPTIONS)[]>> = {
  enqueue: ['priority', 'delay', 'tenant', 'key', 'watch'],
  get: [],
  watch: [],
  cancel: [],
  retry: [],
  list: ['type', 'state', 'limit', 'cursor'],
  queues: [],
  redrive: ['rate'],
};

export function parseCommand(args: readonly string[]): Parsed<Asked> {
  return orWrong<Asked>(() => {
    const { values, positionals } = parse(args);
    const [name, ...rest] = positionals;
    if (values.help || name === undefined || name === 'help') return { kind: 'help' };
    const command = commandOf(nameOf(name), rest, values);
    return { kind: 'command', command, json: values.json ?? false };
  });
}

function parse(args: readonly string[]) {
  return readOptions({ args: [...args], options: OPTIONS, allowPositionals: true });
}

function nameOf(text: string): Command['name'] {
  if (Object.hasOwn(TAKES, text)) return text as Command['name'];
  throw new UsageError(`There is no '${text}': choose ${Object.keys(TAKES).join(', ')}.`);
}

function commandOf(name: Command['name'], rest: readonly string[], given: Given): Command {
  const foreign = Object.keys(given).find(
    option => !['json', ...TAKES[name]].includes(option as (typeof TAKES)[typeof name][number]),
  );
  if (foreign) throw new UsageError(`${name} takes no --${foreign}.`);
  switch (name) {
    case 'enqueue':
      return enqueueOf(rest, given);
    case 'list':
      none(name, rest);
      return listOf(given);
    case 'queues':
      none(name, rest);
      return { name };
    case 'redrive': {
      const [type] = exactly(name, rest, ['a type']);
      const perSecond = numberOf('rate', given.rate) ?? DEFAULT_PER_SECOND;
      return { name, type: typeOf(type), perSecond };
    }
    default:
      return { name, id: exactly(name, rest, ['the id of a job'])[0] ?? '' };
  }
}

function enqueueOf(rest: readonly string[], given: Given): Command {
  const [type, payload = ''] = exactly('enqueue', rest, ['a type', 'a payload']);
  const [priority, delaySeconds] = [numberOf('priority', given.priority), numberOf('delay', given.delay)];
  return {
    name: 'enqueue',
    type: typeOf(type),
    payload,
    watch: given.watch ?? false,
    ...(priority !== undefined && { priority }),
    ...(delaySeconds !== undefined && { delaySeconds }),
    ...(given.tenant !== undefined && { tenant: given.tenant }),
    ...(given.key !== undefined && { idempotencyKey: given.key }),
  };
}

function listOf({ type, state, limit, cursor }: Given): Command {
  if (state !== undefined && !(JOB_STATES as readonly string[]).includes(state))
    throw new UsageError(`There is no state '${state}': choose ${JOB_STATES.join(', ')}.`);
  const most = numberOf('limit', limit);
  return {
    name: 'list',
    ...(type !== undefined && { type: typeOf(type) }),
    ...(state !== undefined && { state: state as JobState }),
    ...(most !== undefined && { limit: most }),
    ...(cursor !== undefined && { cursor }),
  };
}

function typeOf(text = ''): JobType {
  if (isJobType(text)) return text;
  throw new UsageError(`There is no type '${text}': choose ${JOB_TYPES.join(', ')}.`);
}

function numberOf(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError(`--${option} must be a whole number, got '${text}'.`);
}

function exactly(name: string, rest: readonly string[], what: readonly string[]): readonly string[] {
  if (rest.length === what.length) return rest;
  throw new UsageError(`${name} takes ${what.join(' and ')}, and nothing else.`);
}

function none(name: string, rest: readonly string[]): void {
  if (rest.length > 0) throw new UsageError(`${name} takes options only, got '${rest[0]}'.`);
}
