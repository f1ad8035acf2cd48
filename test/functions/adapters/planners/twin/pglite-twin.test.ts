/**
 * The planner twin in PGlite, of sources that nobody could build here: what its files look like to the server, how large they are
 * on disk, and what it makes of what it lacks.
 */
import { mkdtempSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPgliteEngine } from '../../../../../functions/adapters/planners/twin/pglite-engine.ts';
import { indexIdOf } from '../../../../../shared/query-optimizer/index-sql.ts';
import type { IndexDefinition, Planner } from '../../../../../shared/query-optimizer/planner.ts';
import type { Gap } from '../../../../../shared/query-optimizer/snapshot.ts';
import type { TwinEngine } from '../../../../../shared/query-optimizer/twin/engine.ts';
import { createTwinPlanner } from '../../../../../shared/query-optimizer/twin/twin-planner.ts';
import {
  aColumn,
  aRelation,
  aSnapshot,
  columnStatistics,
} from '../../../../shared/query-optimizer/twin/sources.ts';

const SOURCE = aSnapshot({
  server: {
    settings: {
      max_parallel_workers_per_gather: '2',
      max_parallel_workers: '8',
      work_mem: '64MB',
      random_page_cost: '1.1',
    },
    extensions: [
      { name: 'postgis', schema: 'public', version: '3.5' },
      { name: 'pageinspect', schema: 'public', version: '1.13' },
      { name: 'amcheck', schema: 'public', version: '1.5' },
    ],
    collation: 'de_DE.UTF-8',
  },
  relations: [
    aRelation('event', {
      // 96 GiB, in 96 files
      pages: 12_582_912,
      rows: 900_000_000,
      allVisiblePages: 12_000_000,
      columns: [
        aColumn('id', 'bigint'),
        aColumn('place', 'public.geometry(Point,4326)'),
        aColumn('vectors', 'public.vector(3)[]'),
        aColumn('name', 'text', { collation: 'public.lost' }),
        aColumn('at', 'timestamp with time zone'),
        aColumn('tags', 'text[]'),
      ],
    }),
    aRelation('never', { pages: 400, rows: -1, columns: [aColumn('id', 'integer')] }),
  ],
  statistics: [
    columnStatistics('event', 'id', {
      distinct: -1,
      averageWidth: 8,
      histogramBounds: '{1,450000000,900000000}',
      correlation: 1,
    }),
    columnStatistics('event', 'name', { distinct: 50_000, averageWidth: 14 }),
  ],
});

const index = (keys: readonly string[], rest: Partial<IndexDefinition> = {}): IndexDefinition => ({
  table: { schema: 'public', name: 'event' },
  method: 'btree',
  keys: keys.map(column => ({
    column,
    expression: undefined,
    operatorClass: undefined,
    isDescending: false,
  })),
  included: [],
  predicate: undefined,
  ...rest,
});

describe('a twin in PGlite', () => {
  const directory = mkdtempSync(join(tmpdir(), 'headrace-test-'));
  let engine: TwinEngine;
  let planner: Planner;
  let gaps: readonly Gap[];
  const cost = async (sql: string, indexes: readonly IndexDefinition[] = []): Promise<number> => {
    const answer = await planner.estimate({ sql, normalized: sql.includes('$1') }, indexes.map(indexIdOf));
    if (answer.kind === 'refused') throw new Error(answer.why);
    return answer.cost;
  };
  const ask = (sql: string) => engine.session.query(sql);

  beforeAll(async () => {
    engine = await openPgliteEngine(SOURCE, { directory });
    ({ planner, gaps } = await createTwinPlanner(engine, SOURCE));
  });
  afterAll(async () => {
    await planner.close();
    expect(await readdir(directory)).toEqual([]);
    await rm(directory, { recursive: true });
  });

  it('is as large as its source to the planner, and takes next to nothing on disk', async () => {
    const [row] = await ask("SELECT pg_relation_size('event')::float8 AS bytes");
    expect(row?.bytes).toBe(12_582_912 * 8192);
    const files = await readdir(directory, { recursive: true });
    const taken = await Promise.all(
      files.map(async file => (await stat(join(directory, file))).blocks * 512),
    );
    expect(taken.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(120_000_000);
    // 800 million rows to read, and nobody ever reads them.
    expect(await cost('SELECT count(*) FROM event')).toBeGreaterThan(12_582_912);
    expect(await cost('SELECT count(*) FROM event')).toBeLessThan(12_582_912 + 900_000_000 * 0.0125);
  });

  it('has indexes that the server itself finds sound, however high', async () => {
    const [narrow, wide] = [index(['id']), index(['name', 'at', 'id'])];
    const proposed = await planner.propose([narrow, wide]);
    // Twenty bytes for each of 900 million keys, nine tenths full.
    const narrowBytes = 900_000_000 * 20;
    const said = proposed.get(indexIdOf(narrow));
    expect(said?.kind === 'ready' && said.bytes / narrowBytes).toBeCloseTo(1.11, 1);
    const made = await ask(
      "SELECT indexrelid::regclass::text AS name FROM pg_index WHERE indrelid = 'event'::regclass ORDER BY indexrelid",
    );
    expect(made).toHaveLength(2);
    for (const { name } of made) {
      expect(await ask(`SELECT bt_index_parent_check('${name}')`)).toHaveLength(1);
      expect(await ask(`SELECT level::int, root::int, fastlevel::int FROM bt_metap('${name}')`)).toEqual([
        { level: 3, root: 1, fastlevel: 3 },
      ]);
    }
  });

  it('tells of a GIN and a BRIN what full ones would', async () => {
    const [gin, brin] = [index(['tags'], { method: 'gin' }), index(['at'], { method: 'brin' })];
    await planner.propose([gin, brin]);
    const [first, second] = await ask(
      `SELECT c.relname::text AS name, pg_relation_size(c.oid)::float8 / 8192 AS pages FROM pg_class c JOIN pg_am a ON a.oid = c.relam
       WHERE a.amname IN ('gin', 'brin') ORDER BY a.amname DESC`,
    );
    const [meta] = await ask(`SELECT n_total_pages::int AS pages, n_entries::float8 AS entries
      FROM gin_metapage_info(get_raw_page('${first?.name}', 0))`);
    expect(meta?.pages).toBe(first?.pages);
    expect(Number(meta?.entries)).toBeGreaterThan(1000);
    const [map] = await ask(`SELECT pagesperrange::int AS pages, lastrevmappage::int AS last
      FROM brin_metapage_info(get_raw_page('${second?.name}', 0))`);
    // 98,304 ranges of 128 pages, 1,360 of them in a page of the map
    expect(map).toEqual({ pages: 128, last: 73 });
  });

  it('plans the rest of a table that has types which it lacks, and says so', async () => {
    expect(gaps.map(({ part }) => part)).toEqual([
      'type public.geometry',
      'type public.vector',
      'collation public.lost',
    ]);
    const both = index(['id']);
    await planner.propose([both]);
    expect(await cost('SELECT place, vectors FROM event WHERE id = 7', [both])).toBeLessThan(10);
    const spatial = { sql: "SELECT * FROM event WHERE ST_Within(place, 'POINT(0 0)')", normalized: false };
    expect(await planner.estimate(spatial, [])).toMatchObject({ kind: 'refused' });
  });

  it('takes a collation that is not C for one: a prefix is no range of an ordinary index', async () => {
    const [plain, pattern] = [
      index(['name']),
      index([], {
        keys: [
          { column: 'name', expression: undefined, operatorClass: 'text_pattern_ops', isDescending: false },
        ],
      }),
    ];
    await planner.propose([plain, pattern]);
    const sql = "SELECT id FROM event WHERE name LIKE 'abc%'";
    expect(await cost(sql, [plain])).toBe(await cost(sql));
    expect(await cost(sql, [pattern])).toBeLessThan((await cost(sql)) / 2);
  });

  it('guesses the rows of what was never analysed as the source does', async () => {
    const answer = await ask('EXPLAIN (FORMAT JSON) SELECT * FROM never');
    const [{ Plan: plan }] = (answer[0] as { 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] })[
      'QUERY PLAN'
    ];
    // 400 pages of rows of 24 + 4 bytes, each with its pointer: 255 to a page
    expect(plan['Plan Rows']).toBe(102_000);
  });

  it('takes the source’s settings, and switches off what its planner cannot do', async () => {
    expect(await ask('SHOW work_mem')).toEqual([{ work_mem: '64MB' }]);
    expect(await ask('SHOW random_page_cost')).toEqual([{ random_page_cost: '1.1' }]);
  });
});
