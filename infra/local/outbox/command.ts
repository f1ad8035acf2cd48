/**
 * What was asked for on the command line.
 *
 * Shape   arguments -> { kind: 'command' } | { kind: 'help' } | { kind: 'wrong', sentence }
 * Errors  none (total)
 */

import { type ParseArgsConfig, parseArgs } from 'node:util';
import { isIdentifier } from '../../../shared/outbox/sql-text.ts';
import { parseTemplates } from '../../../shared/outbox/tag-template.ts';
import type { WatchedTable } from '../../../shared/outbox/watched-table.ts';

export interface Command {
  readonly table: WatchedTable;
  readonly out: string;
  readonly role?: string;
  readonly force: boolean;
  /** Which of the two is run as well. */
  readonly apply?: 'up' | 'down';
}

export type ParsedCommand =
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'help' }
  | { readonly kind: 'wrong'; readonly sentence: string };

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

export function parseCommand(args: readonly string[]): ParsedCommand {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    if (values.help || args.length === 0) return { kind: 'help' };
    return commandOf(values, positionals);
  } catch (error) {
    return wrong((error as Error).message);
  }
}

type Given = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

function commandOf(
  { table, schema, tags, out, role, force, apply }: Given,
  [direction = 'up', ...rest]: readonly string[],
): ParsedCommand {
  if (!table) return wrong('--table is missing: which table changes?');
  if (!tags) return wrong("--tags is missing: what shall a change purge? For example 'users,users:{id}'.");
  const odd = Object.entries({ table, schema, role }).find(
    ([, name]) => name !== undefined && !isIdentifier(name),
  );
  if (odd) return wrong(`--${odd[0]} must be a name of 1 to 63 bytes, as Postgres keeps it.`);
  if (rest.length > 0 || !isDirection(direction) || (direction === 'down' && !apply))
    return wrong(`'${[direction, ...rest].join(' ')}' is not understood: after --apply there is up or down.`);
  const parsed = parseTemplates(tags);
  if (parsed.kind === 'wrong') return wrong(parsed.sentence);
  const command = {
    table: { schema, name: table, tags: parsed.templates },
    out,
    force,
    ...(role !== undefined && { role }),
    ...(apply && { apply: direction }),
  };
  return { kind: 'command', command };
}

function isDirection(word: string): word is 'up' | 'down' {
  return word === 'up' || word === 'down';
}

function wrong(sentence: string): ParsedCommand {
  return { kind: 'wrong', sentence };
}
