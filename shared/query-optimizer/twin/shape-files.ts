/**
 * Makes the files of a twin's relations as long as the source's, and their indexes' first pages say what those of full ones do.
 *
 * Shape   engine, Snapshot -> nothing
 * Cost    one look at the catalogue, a resize a relation
 */

import { asArray } from '../planning/index-switches.ts';
import type { Snapshot } from '../snapshot.ts';
import type { TwinEngine } from './engine.ts';
import { brinHead, btreeHead, btreeLevel, ginHead } from './index-heads.ts';
import { PAGE_BYTES } from './page.ts';
import { nameOf } from './steps.ts';

export async function shapeFiles(engine: TwinEngine, snapshot: Snapshot): Promise<void> {
  const pages = new Map([...snapshot.relations, ...snapshot.indexes].map(each => [nameOf(each), each.pages]));
  const tables = new Map(snapshot.relations.map(each => [nameOf(each), each.pages]));
  await forgetPages(engine);
  const files = (await listFiles(engine)).filter(({ path }) => path !== undefined);
  for (const file of files) {
    const wanted = pages.get(file.name);
    if (wanted !== undefined)
      await shapeFile(engine, file, { pages: wanted, tablePages: tables.get(file.table ?? '') ?? 0 });
  }
  await forgetPages(engine);
}

export interface RelationFile {
  readonly name: string;
  readonly path: string | undefined;
  /** Of an index. */
  readonly method: string | undefined;
  readonly table: string | undefined;
}

const FILES = `SELECT n.nspname || '.' || c.relname AS name, pg_relation_filepath(c.oid) AS path,
  CASE WHEN i.indexrelid IS NOT NULL THEN am.amname::text END AS method, tn.nspname || '.' || t.relname AS "table"
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_am am ON am.oid = c.relam
  LEFT JOIN pg_index i ON i.indexrelid = c.oid LEFT JOIN pg_class t ON t.oid = i.indrelid
  LEFT JOIN pg_namespace tn ON tn.oid = t.relnamespace
  WHERE c.relkind IN ('r', 'i') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'`;

export async function listFiles(
  { session }: TwinEngine,
  oids?: readonly string[],
): Promise<readonly RelationFile[]> {
  const rows = oids
    ? await session.query(`${FILES} AND c.oid = ANY ($1::text::oid[])`, [asArray(oids)])
    : await session.query(FILES);
  return rows.map(row => ({
    name: String(row.name),
    path: row.path === null ? undefined : String(row.path),
    method: row.method === null ? undefined : String(row.method),
    table: row.table === null ? undefined : String(row.table),
  }));
}

export interface FileShape {
  readonly pages: number;
  readonly tablePages: number;
  /** Of GIN, where it is known better than from its pages. */
  readonly gin?: { readonly entryPages: number; readonly dataPages: number; readonly entries: number };
}

export async function shapeFile(engine: TwinEngine, file: RelationFile, shape: FileShape): Promise<void> {
  if (file.path === undefined) return;
  const head =
    file.method === undefined ? undefined : headOf(file.method, await engine.readHead(file.path), shape);
  const pages = Math.max(shape.pages, head ? head.length / PAGE_BYTES : 0);
  await engine.resize(file.path, pages * PAGE_BYTES, head);
}

function headOf(
  method: string,
  own: Uint8Array,
  { pages, tablePages, gin }: FileShape,
): Uint8Array | undefined {
  if (own.length < PAGE_BYTES) return undefined;
  if (method === 'btree') return btreeHead(own, btreeLevel(pages));
  if (method === 'gin') return ginHead(own, { pages, ...(gin ?? usualGin(pages)) });
  // Ranges of 128 pages, and 1,360 of them in a page of the map.
  if (method === 'brin') return brinHead(own, Math.max(1, Math.ceil(tablePages / 128 / 1360)));
  return undefined;
}

/** As the planner itself takes it to be where an index does not say. */
function usualGin(pages: number) {
  const entryPages = Math.max(1, Math.floor(pages * 0.9));
  return { entryPages, dataPages: Math.max(0, pages - entryPages - 1), entries: entryPages * 100 };
}

/**
 * Before files are changed, so that no page in memory is written over what we write; and after it, so that none is taken for what
 * is in the file: a foreign key that is made, or a plan, has had them read. The session itself keeps the first page of an index
 * until its row of the catalogue is touched.
 */
export async function forgetPages({ session }: TwinEngine): Promise<void> {
  await session.query('SELECT pg_buffercache_evict_all()');
  await session.query('UPDATE pg_index SET indisvalid = indisvalid WHERE indexrelid >= 16384');
}
