/**
 * The migration as files: what to run, and what takes it back. Nobody runs it but a person.
 *
 * Every statement that it emits is read again by Postgres's own parser and must be what it is meant to be: so no name, no
 * expression and no comment can become another statement.
 *
 * Shape   (indexes, advice on others, deps) -> { up, down }
 * Errors  an Error where a statement is not what it is meant to be: nothing is emitted then
 */

import type { Node } from 'libpg-query';
import { quoteRelation } from '../index-sql.ts';
import type { IndexDefinition } from '../planner.ts';
import type { ExistingIndex, Relation } from '../snapshot.ts';
import { nameOf } from '../sql/catalogue.ts';
import type { SqlParser } from '../sql/sql-parser.ts';
import { stepsFor } from './create.ts';

interface Creation {
  readonly definition: IndexDefinition;
  readonly why: string;
}

export interface MigrationInput {
  readonly creations: readonly Creation[];
  /** Comments always. */
  readonly suggestions: readonly Creation[];
  readonly drops: readonly { readonly index: ExistingIndex; readonly why: string }[];
  readonly relations: readonly Relation[];
  /** @default false */
  readonly withDrops?: boolean;
}

export interface Migration {
  readonly up: string;
  readonly down: string;
}

const UP_HEAD = `-- Indexes proposed by Headrace. Read it, then run it outside a transaction: psql -v ON_ERROR_STOP=1 -f migration.up.sql
-- An index whose creation was interrupted stays invalid: drop it, and run this again.
`;
const DOWN_HEAD = '-- Takes back what migration.up.sql created.\n';

export function writeMigration(input: MigrationInput, parser: SqlParser): Migration {
  const stepsOf = ({ definition, why }: Creation) => ({ ...stepsFor(definition, input.relations), why });
  const created = input.creations.map(stepsOf);
  const suggested = input.suggestions.map(stepsOf);
  const drops = input.drops.map(({ index, why }) => ({ ...dropOf(index, input.relations), why }));
  for (const { up, down } of [...created, ...suggested, ...drops]) check([...up, ...down], parser);
  const isAsked = input.withDrops ?? false;
  return {
    up: [
      UP_HEAD,
      ...created.map(({ up, why }) => paragraph(why, up)),
      ...suggested.map(({ up, why }) => paragraph(`To consider: ${why}`, up.map(commented))),
      ...drops.map(({ up, why }) =>
        paragraph(isAsked ? why : `To consider: ${why}`, isAsked ? up : up.map(commented)),
      ),
    ].join('\n'),
    down: [
      DOWN_HEAD,
      ...(isAsked ? drops.map(({ down, why }) => paragraph(why, down)) : []),
      ...created.toReversed().map(({ down, why }) => paragraph(why, down)),
    ].join('\n'),
  };
}

/** The index of a partitioned table goes and comes with those of its partitions, and nothing of that is concurrent. */
function dropOf(index: ExistingIndex, relations: readonly Relation[]) {
  const isWhole = relations.some(
    ({ kind, ...table }) => kind === 'partitioned' && nameOf(table) === nameOf(index.table),
  );
  const bare = index.definition
    .trim()
    .replace(/;$/, '')
    .replace(/^(CREATE INDEX .+? ON )ONLY /, '$1');
  return {
    up: [`DROP INDEX ${isWhole ? '' : 'CONCURRENTLY '}IF EXISTS ${quoteRelation(index)}`],
    down: [isWhole ? bare : bare.replace(/^CREATE INDEX /, 'CREATE INDEX CONCURRENTLY ')],
  };
}

function paragraph(why: string, statements: readonly string[]): string {
  return `${comment(why)}\n${statements.map(sql => `${sql};`).join('\n')}\n`;
}

const comment = (text: string): string => `-- ${oneLine(text)}`;
const commented = (sql: string): string => `-- ${oneLine(sql)}`;

/** A comment ends with its line, and names may have line breaks in them. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\u2028\u2029]+/gu, ' ');

const EXPECTED = ['IndexStmt', 'DropStmt', 'AlterTableStmt'];

function check(statements: readonly string[], parser: SqlParser): void {
  for (const sql of statements) {
    const parsed = parser.parse(sql);
    const [only, ...others]: readonly Node[] = parsed.kind === 'parsed' ? parsed.statements : [];
    if (!only || others.length > 0 || !EXPECTED.some(kind => kind in only))
      throw new Error(`This is no statement of a migration, and nothing is written: ${sql}`);
  }
}
