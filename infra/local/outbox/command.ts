/**
 * What was asked for on the command line.
 *
 * Shape   arguments -> { kind: 'command' } | { kind: 'help' } | { kind: 'wrong', sentence }
 * Errors  none (total)
 */

import type { ParseArgsConfig } from 'node:util';
import { isIdentifier } from '../../../shared/outbox/sql-text.ts';
import { parseTemplates } from '../../../shared/outbox/tag-template.ts';
import type { WatchedTable } from '../../../shared/outbox/watched-table.ts';
import { orWrong, type Parsed, readOptions, UsageError } from '../command-line.ts';

export interface Command {
  readonly table: WatchedTable;
  readonly out: string;
  readonly role?: string;
  readonly force: boolean;
  /** Which of the two is run as well. */
  readonly apply?: 'up' | 'down';
}

export interface Asked {
  readonly command: Command;
}

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  table: { type: 'string' },
  schema: { type: 'string', default: 'public' },
  tags: { type: 'string' },
  out: { type: 'string', default: 'migrations' },
  role: { type: 'string' },
  force: { type: 'boolean', default: false },
  apply: { type: 'boolean', default: false },
} as const satisfies ParseArgsConfig['options'];

export function parseCommand(args: readonly string[]): Parsed<Asked> {
  return orWrong<Asked>(() => {
    const { values, positionals } = parse(args);
    if (values.help || args.length === 0) return { kind: 'help' };
    return { kind: 'command', command: commandOf(values, positionals) };
  });
}

function parse(args: readonly string[]) {
  return readOptions({ args: [...args], options: OPTIONS, allowPositionals: true });
}

type Given = ReturnType<typeof parse>['values'];

function commandOf(
  { table, schema, tags, out, role, force, apply }: Given,
  [direction = 'up', ...rest]: readonly string[],
): Command {
  if (!table) throw new UsageError('--table is missing: which table changes?');
  if (!tags)
    throw new UsageError("--tags is missing: what shall a change purge? For example 'users,users:{id}'.");
  const odd = Object.entries({ table, schema, role }).find(
    ([, name]) => name !== undefined && !isIdentifier(name),
  );
  if (odd) throw new UsageError(`--${odd[0]} must be a name of 1 to 63 bytes, as Postgres keeps it.`);
  if (rest.length > 0 || !isDirection(direction) || (direction === 'down' && !apply))
    throw new UsageError(
      `'${[direction, ...rest].join(' ')}' is not understood: after --apply there is up or down.`,
    );
  const parsed = parseTemplates(tags);
  if (parsed.kind === 'wrong') throw new UsageError(parsed.sentence);
  return {
    table: { schema, name: table, tags: parsed.templates },
    out,
    force,
    ...(role !== undefined && { role }),
    ...(apply && { apply: direction }),
  };
}

function isDirection(word: string): word is 'up' | 'down' {
  return word === 'up' || word === 'down';
}
