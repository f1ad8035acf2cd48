/**
 * The planner over really built indexes: what it says of a plan is so, and it leaves nothing behind.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRealPlanner } from '../../../../functions/adapters/planners/real.ts';
import { createPgSession } from '../../../../functions/adapters/postgres/pg-session.ts';
import { forgetPostgres, type Postgres, startPostgres } from '../../../../infra/local/postgres/postgres.ts';
import { indexIdOf } from '../../../../shared/query-optimizer/index-sql.ts';
import type { IndexDefinition } from '../../../../shared/query-optimizer/planner.ts';

const index = (column: string, table = 'parcel'): IndexDefinition => ({
  table: { schema: 'public', name: table },
  method: 'btree',
  keys: [{ column, expression: undefined, operatorClass: undefined, isDescending: false }],
  included: [],
  predicate: undefined,
});

describe('the planner over really built indexes', () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'headrace-test-'));
  let server: Postgres;
  let client: Client;

  beforeAll(async () => {
    server = await startPostgres({ stateDir });
    client = new Client({ connectionString: server.url }).on('error', () => {});
    await client.connect();
    await client.query(`CREATE TABLE parcel (id int PRIMARY KEY, weight int, town text);
      INSERT INTO parcel SELECT n, n % 1000, 'town ' || n % 50 FROM generate_series(1, 20000) n;
      CREATE INDEX kept ON parcel (town); ANALYZE parcel`);
  });
  afterAll(async () => {
    await client.end();
    await server.stop();
    await forgetPostgres(stateDir);
  });

  it('costs a statement with the indexes that are asked for, and with no other', async () => {
    const planner = await createRealPlanner(createPgSession(client));
    const weight = index('weight');
    const proposed = await planner.propose([weight, index('nothing')]);
    expect(proposed.get(indexIdOf(weight))).toMatchObject({ kind: 'ready' });
    expect(proposed.get(indexIdOf(index('nothing')))).toEqual({
      kind: 'refused',
      why: 'column "nothing" does not exist',
    });
    const sql = 'SELECT * FROM parcel WHERE weight = 3';
    const without = await planner.estimate({ sql, normalized: false }, []);
    const withIt = await planner.estimate({ sql, normalized: false }, [indexIdOf(weight)]);
    expect(without).toMatchObject({ kind: 'estimated', used: [] });
    expect(withIt).toMatchObject({ kind: 'estimated', used: [indexIdOf(weight)] });
    if (without.kind === 'estimated' && withIt.kind === 'estimated')
      expect(withIt.cost).toBeLessThan(without.cost / 2);
    await planner.close();
    const { rows } = await client.query(
      "SELECT indexname FROM pg_indexes WHERE tablename = 'parcel' ORDER BY 1",
    );
    expect(rows).toEqual([{ indexname: 'kept' }, { indexname: 'parcel_pkey' }]);
  });

  it('plans parameters generically, notices each switch, and hides what exists', async () => {
    const planner = await createRealPlanner(createPgSession(client));
    const statement = { sql: 'SELECT * FROM parcel WHERE town = $1;', normalized: true };
    expect(await planner.estimate(statement, [])).toMatchObject({ usedExisting: ['public.kept'] });
    expect(await planner.estimate(statement, [], ['public.kept'])).toMatchObject({ usedExisting: [] });
    expect(await planner.estimate(statement, [])).toMatchObject({ usedExisting: ['public.kept'] });
    await planner.close();
  });

  it('says why it cannot cost a statement, and goes on', async () => {
    const planner = await createRealPlanner(createPgSession(client));
    const refused = async (sql: string) => {
      const estimated = await planner.estimate({ sql, normalized: false }, []);
      return estimated.kind === 'refused' ? estimated.why : undefined;
    };
    expect(await refused('SELECT * FROM parcels')).toBe('relation "parcels" does not exist');
    expect(await refused('SELECT 1; DROP TABLE parcel')).toContain('multiple commands');
    expect(await refused('VACUUM parcel')).toContain('syntax error');
    expect((await planner.estimate({ sql: 'SELECT * FROM parcel', normalized: false }, [])).kind).toBe(
      'estimated',
    );
    await planner.close();
  });
});
