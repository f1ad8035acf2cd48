/**
 * What the advisor relies on from a planner, whoever asks whom: that proposed indexes count as if they were there, each when it
 * is asked for and never otherwise. How near it comes to really built ones is each planner's own figure.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRealPlanner } from '../../functions/adapters/planners/real.ts';
import { createPgSession } from '../../functions/adapters/postgres/pg-session.ts';
import { forgetPostgres, type Postgres, startPostgres } from '../../infra/local/postgres/postgres.ts';
import type { PostgresPrograms } from '../../infra/local/postgres/programs.ts';
import { indexIdOf } from '../../shared/query-optimizer/index-sql.ts';
import type { Estimate, IndexDefinition, Planner } from '../../shared/query-optimizer/planner.ts';
import { CANDIDATES, createDatabase, onTable, STATEMENTS } from './planner-database.ts';

export interface PlannerUnderTest {
  readonly name: string;
  open(source: Source): Promise<Planner>;
  /** What it can propose. */
  supports(index: IndexDefinition): boolean;
  /** How it is held against really built indexes; not given of the planner that is the measure. */
  readonly measured?: {
    /** How far its costs may be off, as a share. */
    readonly within: number;
    /** Candidates of which its costs are known to be further off. */
    readonly unlike: readonly (keyof typeof CANDIDATES)[];
    /** Whether it must go through the same indexes. */
    readonly sameIndexes: boolean;
    /** How far its sizes may be off, as a factor either way. */
    readonly sizeFactor: (index: IndexDefinition) => number;
  };
}

/** One database for all of them, since each leaves it as it was. */
export function describePlanners(
  programs: PostgresPrograms | undefined,
  planners: readonly PlannerUnderTest[],
): void {
  const stateDir = mkdtempSync(join(tmpdir(), 'headrace-test-'));
  let [server, client]: [Postgres?, Client?] = [];
  beforeAll(async () => {
    server = await startPostgres({ stateDir, ...(programs && { programs }) });
    client = await createDatabase(server.url);
  });
  afterAll(async () => {
    await client?.end();
    await server?.stop();
    await forgetPostgres(stateDir);
  });
  for (const under of planners)
    describePlanner(under, () => ({ server: server as Postgres, client: client as Client }));
}

interface Source {
  readonly server: Postgres;
  readonly client: Client;
}

function describePlanner(under: PlannerUnderTest, source: () => Source): void {
  describe(under.name, () => {
    let planner: Planner;
    const definitions: readonly IndexDefinition[] = Object.values(CANDIDATES);
    const able = definitions.filter(index => under.supports(index));

    beforeAll(async () => {
      planner = await under.open(source());
    });
    afterAll(async () => {
      await planner.close();
    });

    it('takes what it can propose, and says of the rest why not', async () => {
      const odd = [onTable('customer', ['no such column']), onTable('no such table', ['id'])];
      const proposed = await planner.propose([...definitions, ...odd]);
      expect(definitions.filter(index => proposed.get(indexIdOf(index))?.kind === 'ready')).toEqual(able);
      for (const index of odd) {
        const answer = proposed.get(indexIdOf(index));
        expect(answer?.kind === 'refused' && answer.why).toContain('does not exist');
      }
    });

    it('knows two equal definitions as one, also of a later call', async () => {
      const twice = onTable('customer', ['total']);
      const proposed = await planner.propose([CANDIDATES.single, twice]);
      expect([...proposed.keys()]).toEqual([indexIdOf(CANDIDATES.single)]);
      expect(proposed.get(indexIdOf(twice))).toMatchObject({ kind: 'ready', bytes: expect.any(Number) });
    });

    it('plans without what is not asked for, however often it changes', async () => {
      const statement = { sql: 'SELECT * FROM customer WHERE total = 5', normalized: false };
      const bare = await estimate(planner, statement.sql, []);
      const helped = await estimate(planner, statement.sql, [CANDIDATES.single]);
      expect(helped.used).toEqual([indexIdOf(CANDIDATES.single)]);
      expect(helped.cost).toBeLessThan(bare.cost / 2);
      expect(await estimate(planner, statement.sql, [])).toEqual(bare);
      expect(await estimate(planner, statement.sql, [CANDIDATES.single])).toEqual(helped);
    });

    it('refuses what it was never told of, and what is no query, and goes on', async () => {
      const refused = async (sql: string, ids: readonly string[] = []) => {
        const answer = await planner.estimate({ sql, normalized: /\$\d/.test(sql) }, ids);
        return answer.kind === 'refused' ? answer.why : undefined;
      };
      expect(await refused('SELECT 1', ['an index that nobody proposed'])).toContain('was not proposed');
      expect(await refused('SELECT * FROM no_such_table')).toContain('does not exist');
      expect(await refused('SELECT 1; DROP TABLE customer')).toContain('multiple commands');
      expect(await refused('SELECT $1; DROP TABLE customer')).toContain('multiple commands');
      expect(await refused('VACUUM customer')).toContain('syntax error');
      expect(await refused('SELECT * FROM customer WHERE id = 3 AND')).toContain('syntax error');
      expect((await estimate(planner, 'SELECT * FROM customer', [])).cost).toBeGreaterThan(0);
    });

    const { measured } = under;
    if (!measured) return;

    it('costs as really built indexes do, and uses the same', async () => {
      const twin = await collectAnswers(planner, able);
      // Its own session, since another one's hypothetical indexes are nobody else's.
      const real = await openReal(source().server);
      const built = await collectAnswers(real, able);
      await real.close();
      const differing = [...built].flatMap(([key, truth]) => {
        const answer = twin.get(key) as Estimate;
        const isNear = Math.abs(answer.cost - truth.cost) <= truth.cost * measured.within;
        const isKnown = measured.unlike.some(name => key.startsWith(statementOf(name)));
        const isSame = !measured.sameIndexes || sameIndexes(answer, truth);
        return isKnown || (isNear && isSame) ? [] : [{ key, answer, truth }];
      });
      expect(differing).toEqual([]);
      expect(built.size).toBeGreaterThan(40);
    });

    it('says how large they would be', async () => {
      const said = await planner.propose(able);
      const real = await openReal(source().server);
      const built = await real.propose(able);
      await real.close();
      const wrong = able.flatMap((index): readonly object[] => {
        const [a, b] = [said.get(indexIdOf(index)), built.get(indexIdOf(index))];
        if (a?.kind !== 'ready' || b?.kind !== 'ready') return [{ index, a, b }];
        const factor = Math.max(a.bytes / b.bytes, b.bytes / a.bytes);
        return factor <= measured.sizeFactor(index) ? [] : [{ id: indexIdOf(index), factor }];
      });
      expect(wrong).toEqual([]);
    });
  });
}

async function openReal(server: Postgres): Promise<Planner> {
  const client = new Client({ connectionString: server.url }).on('error', () => {});
  await client.connect();
  return createRealPlanner(createPgSession(client, () => client.end()));
}

async function estimate(
  planner: Planner,
  sql: string,
  indexes: readonly IndexDefinition[],
): Promise<Estimate> {
  const statement = { sql, normalized: /\$\d/.test(sql) };
  const answer = await planner.estimate(statement, indexes.map(indexIdOf));
  if (answer.kind === 'refused') throw new Error(`${sql}: ${answer.why}`);
  return { cost: answer.cost, used: answer.used, usedExisting: answer.usedExisting };
}

/** Of each statement without any, with the one made for it, and with all. */
async function collectAnswers(
  planner: Planner,
  able: readonly IndexDefinition[],
): Promise<ReadonlyMap<string, Estimate>> {
  await planner.propose(able);
  const answers = new Map<string, Estimate>();
  for (const [sql, name] of STATEMENTS) {
    const own = able.filter(index => index === CANDIDATES[name]);
    answers.set(`${sql} | none`, await estimate(planner, sql, []));
    answers.set(`${sql} | ${name}`, await estimate(planner, sql, own));
    answers.set(`${sql} | all`, await estimate(planner, sql, able));
  }
  return answers;
}

const statementOf = (name: keyof typeof CANDIDATES): string =>
  STATEMENTS.find(([, candidate]) => candidate === name)?.[0] ?? name;

const sameIndexes = (a: Estimate, b: Estimate): boolean =>
  JSON.stringify([a.used.toSorted(), a.usedExisting.toSorted()]) ===
  JSON.stringify([b.used.toSorted(), b.usedExisting.toSorted()]);
