/**
 * What was asked for on the command line.
 *
 * Shape   (arguments, environment) -> { kind: 'command' } | { kind: 'help' } | { kind: 'wrong', sentence }
 * Errors  none (total)
 */

import { parseDurationMs } from '../../../shared/primitives/duration.ts';
import { type AnalyzeOptions, parseBudget } from '../../../shared/query-optimizer/options.ts';
import { orWrong, type Parsed, readOptions, UsageError } from '../command-line.ts';

export type Source =
  | { readonly kind: 'database'; readonly url: string }
  | { readonly kind: 'file'; readonly path: string };

export interface Command {
  readonly source: Source;
  readonly workload: string | undefined;
  readonly planner: 'twin' | 'hypopg';
  readonly saveSnapshot: string | undefined;
  readonly out: string;
  readonly options: AnalyzeOptions;
}

export interface Asked {
  readonly command: Command;
}

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  'database-url': { type: 'string' },
  snapshot: { type: 'string' },
  workload: { type: 'string' },
  budget: { type: 'string' },
  planner: { type: 'string' },
  'save-snapshot': { type: 'string' },
  time: { type: 'string' },
  drops: { type: 'boolean' },
  out: { type: 'string' },
} as const;

type Given = ReturnType<typeof parse>;
type Environment = Readonly<Record<string, string | undefined>>;

export function parseCommand(args: readonly string[], environment: Environment): Parsed<Asked> {
  return orWrong<Asked>(() => {
    const given = parse(args);
    return given.help ? { kind: 'help' } : { kind: 'command', command: commandOf(given, environment) };
  });
}

function parse(args: readonly string[]) {
  return readOptions({ args: [...args], options: OPTIONS }).values;
}

function commandOf(given: Given, environment: Environment): Command {
  const source = sourceOf(given, environment);
  const planner = plannerOf(given.planner, source);
  if (!given.out)
    throw new UsageError('--out is missing: the folder that the report and the migration go into.');
  return {
    source,
    workload: given.workload,
    planner,
    saveSnapshot: given['save-snapshot'],
    out: given.out,
    options: optionsOf(given),
  };
}

/** In the environment a password is not seen by everybody who lists processes. */
function sourceOf(given: Given, environment: Environment): Source {
  const { snapshot: path, 'database-url': named } = given;
  if (path !== undefined && named !== undefined)
    throw new UsageError('--database-url and --snapshot exclude each other: name one of them.');
  if (path !== undefined) return { kind: 'file', path };
  const url = named ?? environment.DATABASE_URL;
  if (!url)
    throw new UsageError('Name what to analyse: --database-url (or DATABASE_URL), or --snapshot FILE.');
  if (!/^postgres(ql)?:\/\/./.test(url) || !URL.canParse(url))
    throw new UsageError('--database-url must look like postgres://user:password@host/database.');
  return { kind: 'database', url };
}

function plannerOf(name = 'twin', source: Source): Command['planner'] {
  if (name !== 'twin' && name !== 'hypopg')
    throw new UsageError(`--planner must be twin or hypopg, got '${name}'.`);
  if (name === 'hypopg' && source.kind === 'file')
    throw new UsageError(
      '--planner hypopg asks the database itself: it needs --database-url, not --snapshot.',
    );
  return name;
}

function optionsOf(given: Given): AnalyzeOptions {
  const budget = given.budget === undefined ? undefined : parseBudget(given.budget);
  if (given.budget !== undefined && !budget)
    throw new UsageError(
      `--budget must be a share of the tables or a size, such as 25% or 500MB, got '${given.budget}'.`,
    );
  const timeMs = given.time === undefined ? undefined : parseDurationMs(given.time);
  if (given.time !== undefined && !timeMs)
    throw new UsageError(`--time must be a duration such as 90s or 5m, got '${given.time}'.`);
  return {
    ...(budget && { budget }),
    ...(timeMs && { timeMs }),
    ...(given.drops && { withDrops: true }),
  };
}
