/**
 * The whole analysis over a planner that knows its plans, and over really built indexes on a small database: what it proposes
 * is created, and then there is nothing left to propose.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRealPlanner } from '../../../functions/adapters/planners/real.ts';
import { createPgSession } from '../../../functions/adapters/postgres/pg-session.ts';
import { createReader } from '../../../functions/adapters/postgres/read-only.ts';
import { createSqlParser } from '../../../functions/adapters/sql-parser/libpg-query.ts';
import { forgetPostgres, type Postgres, startPostgres } from '../../../infra/local/postgres/postgres.ts';
import { type AnalyzeDeps, analyze } from '../../../shared/query-optimizer/analyze.ts';
import { collect } from '../../../shared/query-optimizer/collect/collect.ts';
import { type Planner, PlannerGone } from '../../../shared/query-optimizer/planner.ts';
import { reportSchema } from '../../../shared/query-optimizer/report/schema.ts';
import type { Snapshot, Statement } from '../../../shared/query-optimizer/snapshot.ts';
import type { SqlParser } from '../../../shared/query-optimizer/sql/sql-parser.ts';
import { plannedPlanner } from './planned.ts';
import { DAY_MS, index, NOW, relation, snapshotOf } from './snapshots.ts';

const statement = (id: string, sql: string, parts: Partial<Statement> = {}): Statement => ({
  id,
  sql,
  calls: 100,
  totalMs: undefined,
  rows: undefined,
  normalized: /\$\d/.test(sql),
  ...parts,
});

let parser: SqlParser;
beforeAll(async () => {
  parser = await createSqlParser();
});

describe('an analysis', () => {
  const bySearch = 'SELECT * FROM t WHERE a = $1';
  const snapshot = snapshotOf({
    relations: [relation('t', 'a b')],
    workload: [
      statement('1', bySearch),
      statement('2', 'BEGIN'),
      statement('3', 'SELECT FROM WHERE'),
      statement('4', 'SELECT * FROM t WHERE b = '),
      statement('5', 'SELECT * FROM elsewhere'),
    ],
    indexes: [index('idle', 't', 'b'), index('idle_too', 't', 'b a')],
    connections: { active: 2, idle: 1, idleInTransaction: 3, allowed: 100 },
  });
  const planner = () =>
    plannedPlanner(
      [{ id: bySearch, calls: 100, cost: 2_000, plans: [{ needs: ['a'], cost: 8 }] }],
      () => 4_096,
    );
  const run = (given: Snapshot = snapshot, deps: Partial<AnalyzeDeps> = {}, options = {}) =>
    analyze(given, options, {
      parser,
      clock: () => 0,
      openPlanner: async () => ({ planner: planner(), gaps: [] }),
      ...deps,
    });

  it('proposes with proof, counts what it left out, and keeps to its schema', async () => {
    const { report, markdown, migration } = await run();
    expect(reportSchema().parse(JSON.parse(JSON.stringify(report)))).toEqual(
      JSON.parse(JSON.stringify(report)),
    );
    expect(report.proposals).toMatchObject([
      { table: 'public.t', bytes: 4_096, statements: [{ id: '1', without: 2_000, with: 8 }] },
    ]);
    expect(report.summary).toMatchObject({
      understood: 1,
      costBefore: 200_000,
      costAfter: 800,
      relativeCost: 0.4,
    });
    expect(report.skipped.map(({ reason }) => reason).toSorted()).toEqual([
      'cut',
      'invalid',
      'unknown-relation',
      'utility',
    ]);
    expect(report.unused.map(each => each.index)).toEqual(['public.idle', 'public.idle_too']);
    expect(report.isPartial).toBe(false);
    expect(markdown.indexOf('## What to do')).toBeLessThan(markdown.indexOf('## Cost of each statement'));
    expect(markdown).toContain('idle within a transaction');
    expect(migration.up).toContain(report.proposals[0]?.name);
  });

  it('goes on without a planner, and says what would help', async () => {
    const openPlanner = async () => {
      throw new Error('there is no memory for it');
    };
    const { report, markdown } = await run(snapshot, { openPlanner });
    expect(report).toMatchObject({ isPartial: true, planner: null, proposals: [] });
    expect(report.unused).toHaveLength(2);
    expect(markdown).toContain('there is no memory for it');
  });

  it('opens the planner once more when it is lost', async () => {
    let opened = 0;
    const lost: Planner['estimate'] = async () => {
      throw new PlannerGone('the engine ended');
    };
    const openPlanner = async () => {
      opened += 1;
      return { planner: opened === 1 ? { ...planner(), estimate: lost } : planner(), gaps: [] };
    };
    expect((await run(snapshot, { openPlanner })).report.proposals).toHaveLength(1);
    const never = async () => ({ planner: { ...planner(), estimate: lost }, gaps: [] });
    expect((await run(snapshot, { openPlanner: never })).report).toMatchObject({
      isPartial: true,
      proposals: [],
    });
  });

  it('hands on the gaps of the snapshot and of the planner', async () => {
    const gap = (part: string) => ({ part, why: 'no', remedy: 'do' });
    const openPlanner = async () => ({ planner: planner(), gaps: [gap('types')] });
    const { report } = await run({ ...snapshot, gaps: [gap('statements')] }, { openPlanner });
    expect(report.gaps.map(({ part }) => part)).toEqual(['statements', 'types']);
    expect(report.isPartial).toBe(true);
  });

  it('ends in time, with what it has, and says so', async () => {
    let now = 0;
    const clock = () => now++;
    const { report } = await run(snapshot, { clock }, { timeMs: 3 });
    expect(report.gaps.map(({ part }) => part)).toEqual(['search']);
  });

  it('says nothing is to be done where nothing is', async () => {
    const healthy = plannedPlanner(
      [{ id: bySearch, calls: 100, cost: 8, plans: [{ needs: ['a'], cost: 4 }] }],
      () => 1,
    );
    const { report, markdown } = await run(
      { ...snapshot, indexes: [], connections: undefined, workload: [statement('1', bySearch)] },
      { openPlanner: async () => ({ planner: healthy, gaps: [] }) },
    );
    expect(report.proposals).toEqual([]);
    expect(markdown).toContain('Nothing. No index would make a statement clearly faster');
  });

  it('calls nothing unused on young statistics, and says why', async () => {
    const { report } = await run({ ...snapshot, countersSince: NOW - DAY_MS });
    expect(report.unused).toEqual([]);
    expect(report.notes.map(({ part }) => part)).toContain('unused indexes');
    expect(report.redundant).toMatchObject([{ index: 'public.idle', by: 'public.idle_too', kind: 'prefix' }]);
  });
});

describe('an analysis of a database', () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'headrace-test-'));
  let server: Postgres;
  let client: Client;
  const workload = [
    statement('by customer', 'SELECT * FROM orders WHERE customer_id = $1 ORDER BY id DESC LIMIT $2', {
      rows: 1_000,
    }),
    statement('open', "SELECT id, customer_id FROM orders WHERE state = 'open' AND at > '2026-06-01'"),
    statement('by mail', 'SELECT * FROM customers WHERE lower(mail) = $1'),
    statement('by key', 'SELECT * FROM orders WHERE id = $1'),
  ];

  beforeAll(async () => {
    server = await startPostgres({ stateDir });
    client = await connect(server);
    await client.query(`
      CREATE TABLE customers (id int PRIMARY KEY, mail text);
      CREATE TABLE orders (id int PRIMARY KEY, customer_id int, state text, at date, note text);
      INSERT INTO customers SELECT n, 'Mail' || n || '@example.com' FROM generate_series(1, 20000) n;
      INSERT INTO orders SELECT n, n * 7 % 2000, CASE n % 50 WHEN 0 THEN 'open' ELSE 'done' END,
        date '2026-01-01' + n * 13 % 365, repeat('x', 60) FROM generate_series(1, 40000) n`);
    await client.query('VACUUM ANALYZE');
  }, 60_000);
  afterAll(async () => {
    await client.end();
    await server.stop();
    await forgetPostgres(stateDir);
  });

  async function run() {
    const own = await connect(server);
    const session = createPgSession(own as never, () => own.end());
    const snapshot = { ...(await collect(createReader(session), { clock: Date.now })), workload };
    const openPlanner = async () => ({ planner: await createRealPlanner(session), gaps: [] });
    // Sizes of a small table are mostly pages begun: a quarter of it would be the budget that decides.
    return analyze(snapshot, { budget: { ratio: 1 } }, { parser, openPlanner, clock: () => 0 });
  }

  it('proposes what its statements lack, and nothing more once that is created', async () => {
    const { report, migration } = await run();
    const definitions = report.proposals.map(({ definition }) => definition.replace(/^.* ON /, ''));
    expect(definitions).toHaveLength(3);
    expect(definitions).toEqual(
      expect.arrayContaining([
        '"public"."customers" USING btree ((lower(mail)))',
        '"public"."orders" USING btree ("customer_id", "id")',
        expect.stringMatching(/^"public"\."orders" USING btree \("(at|state)"/),
      ]),
    );
    expect(report.summary.relativeCost).toBeLessThan(25);
    for (const { before, after } of report.queries) expect(after).toBeLessThanOrEqual(before * 1.1);
    for (const sql of statementsOf(migration.up)) await client.query(sql);
    await client.query('VACUUM ANALYZE');
    const again = await run();
    expect(again.report.proposals).toEqual([]);
    for (const sql of statementsOf(migration.down)) await client.query(sql);
    const { rows } = await client.query(
      "SELECT count(*)::int AS count FROM pg_indexes WHERE indexname LIKE 'idx%'",
    );
    expect(rows).toEqual([{ count: 0 }]);
  }, 60_000);
});

async function connect({ url }: Postgres): Promise<Client> {
  const client = new Client({ connectionString: url }).on('error', () => {});
  await client.connect();
  return client;
}

const statementsOf = (sql: string): readonly string[] =>
  sql.split('\n').filter(line => line !== '' && !line.startsWith('--'));
