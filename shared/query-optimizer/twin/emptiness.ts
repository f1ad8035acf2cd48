/**
 * Lets a twin's tables be empty for the moment in which indexes are created on them: their long files are full of nothing, and
 * CREATE INDEX would read all of it. Meanwhile the catalogue says that they lie in one small empty file.
 *
 * Shape   enter(tables) … leave() -> the tables and partitions that were meant, `schema.name`
 * Source  PostgreSQL, pg_class.relfilenode; a change of the row makes every session look anew
 */

import { quoteRelation } from '../index-sql.ts';
import type { Session } from '../session.ts';
import type { RelationName } from '../snapshot.ts';

export interface Emptiness {
  enter(tables: readonly RelationName[]): Promise<void>;
  leave(): Promise<readonly string[]>;
}

const TREE = `WITH RECURSIVE tree AS (
    SELECT to_regclass(name)::oid AS oid FROM json_array_elements_text($1::text::json) AS name
    UNION SELECT inhrelid FROM pg_inherits JOIN tree ON inhparent = tree.oid
  ) SELECT c.oid::text AS oid, c.relfilenode::text AS file, n.nspname || '.' || c.relname AS name
  FROM tree JOIN pg_class c USING (oid) JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r'`;

const MOVE = `UPDATE pg_class c SET relfilenode = j.value::oid
  FROM json_each_text($1::text::json) j WHERE c.oid = j.key::oid`;

export async function createEmptiness(session: Session): Promise<Emptiness> {
  await session.query('CREATE TABLE IF NOT EXISTS public.headrace_nothing ()');
  const [row] = await session.query(
    "SELECT relfilenode::text AS file FROM pg_class WHERE oid = 'public.headrace_nothing'::regclass",
  );
  const nothing = String(row?.file);
  let away: readonly { readonly oid: string; readonly file: string; readonly name: string }[] = [];
  const move = (files: Readonly<Record<string, string>>) => session.query(MOVE, [JSON.stringify(files)]);
  return {
    async enter(tables) {
      const rows = await session.query(TREE, [JSON.stringify([...new Set(tables.map(quoteRelation))])]);
      away = rows.map(({ oid, file, name }) => ({
        oid: String(oid),
        file: String(file),
        name: String(name),
      }));
      await move(Object.fromEntries(away.map(({ oid }) => [oid, nothing])));
    },
    async leave() {
      await move(Object.fromEntries(away.map(({ oid, file }) => [oid, file])));
      return away.map(({ name }) => name);
    },
  };
}
