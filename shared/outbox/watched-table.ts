/**
 * A table whose changes become purges, and what its trigger function is called.
 *
 * Shape   { schema, name } -> `"changed_users_1f0c3a5b7d9e"`: readable, and no two tables share it
 */

import { hashText } from '../primitives/hash.ts';
import { quoteIdentifier } from './sql-text.ts';
import type { TagTemplate } from './tag-template.ts';

export interface WatchedTable {
  readonly schema: string;
  readonly name: string;
  /** What a change of a row purges: those of the row as it was, and as it is. */
  readonly tags: readonly TagTemplate[];
}

type Named = Pick<WatchedTable, 'schema' | 'name'>;

export function qualified({ schema, name }: Named): string {
  return `${quoteIdentifier(schema)}.${quoteIdentifier(name)}`;
}

export async function triggerFunctionOf(table: Named): Promise<string> {
  return `changed_${wordOf(table.name)}_${(await hashText(qualified(table))).slice(0, 12)}`;
}

/** For the name of a file: outbox-public-users. */
export function fileNameOf({ schema, name }: Named): string {
  return `outbox-${wordOf(schema)}-${wordOf(name)}`;
}

const LONGEST_WORD = 30;

function wordOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9_]+/g, '_')
    .slice(0, LONGEST_WORD);
}
