/** What the migration of `npm run outbox` makes a Postgres do, and that no name or value can make it do anything else. */

import fc from 'fast-check';
import { Client, escapeIdentifier } from 'pg';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { OutboxDatabase } from './outbox-database.ts';

export function describeOutboxMigration(open: () => OutboxDatabase): void {
  let database: OutboxDatabase;
  beforeAll(() => {
    database = open();
  });

  describe('a watched table', () => {
    beforeEach(async () => {
      await database.run(
        'DROP SCHEMA IF EXISTS headrace CASCADE',
        'DROP TABLE IF EXISTS users, members CASCADE',
        'CREATE TABLE users (id int PRIMARY KEY, team text, seen int DEFAULT 0)',
      );
      await database.watch('users', 'users,users:{id},team-{team}');
    });

    it('names each row that was inserted, and each tag once', async () => {
      await database.run("INSERT INTO users VALUES (1, 'red'), (2, 'red')");
      expect(await database.take()).toEqual([['team-red', 'users', 'users:1', 'users:2']]);
    });

    it('names a row as it was and as it is', async () => {
      await database.run("INSERT INTO users VALUES (1, 'red')", "UPDATE users SET id = 7, team = 'blue'");
      expect((await database.take())[1]).toEqual(['team-blue', 'team-red', 'users', 'users:1', 'users:7']);
    });

    it('names what was deleted, and what was truncated', async () => {
      await database.run("INSERT INTO users VALUES (1, 'red'), (2, 'blue'), (3, 'blue')");
      await database.take();
      await database.run('DELETE FROM users WHERE id = 1', 'TRUNCATE users');
      expect(await database.take()).toEqual([
        ['team-red', 'users', 'users:1'],
        ['team-blue', 'users', 'users:2', 'users:3'],
      ]);
    });

    it('names both sides of an upsert, and what is deleted or truncated along with another table', async () => {
      await database.run(
        'CREATE TABLE members (id int PRIMARY KEY, "user" int REFERENCES users ON DELETE CASCADE)',
        "INSERT INTO users VALUES (1, 'red')",
        'INSERT INTO members VALUES (10, 1)',
      );
      await database.watch('members', 'members:{id}');
      await database.take();
      await database.run(
        "INSERT INTO users VALUES (1, 'blue') ON CONFLICT (id) DO UPDATE SET team = 'green'",
      );
      expect((await database.take()).flat()).toEqual(expect.arrayContaining(['team-red', 'team-green']));
      await database.run('DELETE FROM users');
      expect((await database.take()).flat()).toContain('members:10');
      await database.run("INSERT INTO users VALUES (2, 'red')", 'INSERT INTO members VALUES (11, 2)');
      await database.take();
      await database.run('TRUNCATE users CASCADE');
      expect((await database.take()).flat()).toEqual(expect.arrayContaining(['users:2', 'members:11']));
    });

    it('says nothing where no row was changed, nor where the change was rolled back', async () => {
      await database.run("UPDATE users SET team = 'red'", 'DELETE FROM users');
      await database.run("BEGIN; INSERT INTO users VALUES (1, 'red'); ROLLBACK");
      expect(await database.take()).toEqual([]);
    });

    it('has no tag where the value is null, nor one that is too long for a page to bear', async () => {
      await database.run(`INSERT INTO users VALUES (1, NULL), (2, repeat('x', 252))`);
      expect(await database.take()).toEqual([['users', 'users:1', 'users:2']]);
      await database.run(`UPDATE users SET team = repeat('x', 251) WHERE id = 1`);
      expect((await database.take())[0]).toContain(`team-${'x'.repeat(251)}`);
    });

    it('writes a row for each thousand tags of a bulk change', async () => {
      await database.run('INSERT INTO users SELECT id FROM generate_series(1, 2500) id');
      const changes = await database.take();
      expect(changes.map(tags => tags.length).sort((a, b) => a - b)).toEqual([501, 1_000, 1_000]);
      expect(new Set(changes.flat()).size).toBe(2_501);
    });

    it('writes values the same way whatever the session is set to', async () => {
      await database.run('CREATE TABLE members (day date, at timestamptz, part float8, raw bytea)');
      await database.watch('members', '{day}/{at}/{part}/{raw}');
      await database.run(
        `SET datestyle = 'German'; SET timezone = 'GMT-5'; SET bytea_output = 'escape'; SET extra_float_digits = -5;
       SET search_path = pg_temp; INSERT INTO public.members VALUES ('2026-11-20', '2026-11-20 12:00:00+00', 0.1::float8 + 0.2, '\\x00ff'); RESET ALL`,
      );
      expect(await database.take()).toEqual([
        ['2026-11-20/2026-11-20%2012:00:00+00/0.30000000000000004/\\x00ff'],
      ]);
    });

    it('is not watched by a column that it lacks, or that triggers cannot read: every write would fail', async () => {
      await database.run(
        'CREATE TABLE members (id int)',
        // Computed when it is read, where Postgres has such; else it is not there.
        `DO $$ BEGIN IF current_setting('server_version_num')::int >= 180000 THEN
          EXECUTE 'ALTER TABLE members ADD slug text GENERATED ALWAYS AS (''m'' || id) VIRTUAL'; END IF; END $$`,
      );
      for (const column of ['slug', 'idd', 'ctid', 'It"s %1$s'])
        await expect(
          database.watch('members', `members:{"${column.replaceAll('"', '""')}"}`),
        ).rejects.toThrow(`"public"."members" has no stored column "${column}", which a tag names`);
      await database.run('INSERT INTO members VALUES (1)');
      expect(await database.take()).toEqual([]);
    });

    it('is not truncated without a word where policies hide rows from whoever made the migration', async () => {
      await database.run(
        "INSERT INTO users VALUES (1, 'red')",
        'CREATE ROLE keeper',
        'GRANT ALL ON SCHEMA headrace TO keeper; GRANT ALL ON headrace.outbox TO keeper',
        'ALTER TABLE users ENABLE ROW LEVEL SECURITY; ALTER TABLE users FORCE ROW LEVEL SECURITY',
        'ALTER TABLE users OWNER TO keeper',
        `DO $$ BEGIN EXECUTE format('ALTER FUNCTION %s OWNER TO keeper',
          (SELECT tgfoid::regprocedure FROM pg_trigger WHERE tgname = 'headrace_truncate' AND tgrelid = 'users'::regclass)); END $$`,
      );
      await database.take();
      await expect(database.run('TRUNCATE users')).rejects.toThrow(/row-level security/);
      await database.run('ALTER TABLE users NO FORCE ROW LEVEL SECURITY', 'TRUNCATE users');
      expect(await database.take()).toEqual([['team-red', 'users', 'users:1']]);
      await database.run('REASSIGN OWNED BY keeper TO CURRENT_USER; DROP OWNED BY keeper; DROP ROLE keeper');
    });

    it('is written to by roles that have no rights on the outbox', async () => {
      await database.run(
        'DROP ROLE IF EXISTS visitor',
        'CREATE ROLE visitor',
        'GRANT INSERT ON users TO visitor',
        "SET ROLE visitor; INSERT INTO users VALUES (5, 'red'); RESET ROLE",
      );
      expect((await database.take()).flat()).toContain('users:5');
      await expect(
        database
          .run('SET ROLE visitor; SELECT * FROM headrace.outbox')
          .finally(() => database.run('RESET ROLE')),
      ).rejects.toThrow(/permission denied/);
      await database.run('DROP OWNED BY visitor; DROP ROLE visitor');
    });

    it('can be drained by the role that the migration names', async () => {
      await database.run('CREATE ROLE "drain er"');
      await database.watch('users', 'users', { role: 'drain er' });
      await database.run(
        "INSERT INTO users VALUES (5, 'red')",
        'SET ROLE "drain er"; SELECT * FROM headrace.outbox; DELETE FROM headrace.outbox; RESET ROLE',
      );
      expect(await database.take()).toEqual([]);
      await database.run('DROP OWNED BY "drain er"; DROP ROLE "drain er"');
    });

    it('may be watched again with other tags, and no longer, twice each', async () => {
      await database.watch('users', 'all');
      await database.watch('users', 'all');
      await database.run("INSERT INTO users VALUES (1, 'red')");
      expect(await database.take()).toEqual([['all']]);
      const { down } = await database.migrationOf({ table: 'users', tags: 'all' });
      await database.run(down, down, "INSERT INTO users VALUES (2, 'red')");
      const { rows } = await database.pool.query("SELECT FROM pg_namespace WHERE nspname = 'headrace'");
      expect(rows).toEqual([]);
    });

    it('leaves the outbox while another table is watched', async () => {
      await database.run('CREATE TABLE members (id int)');
      await database.watch('members', 'members:{id}');
      await database.run((await database.migrationOf({ table: 'users', tags: 'x' })).down);
      await database.run('INSERT INTO members VALUES (3)', 'INSERT INTO users VALUES (9)');
      expect(await database.take()).toEqual([['members:3']]);
    });
  });

  describe('a partitioned table', () => {
    beforeAll(async () => {
      await database.run(
        'CREATE TABLE orders (tenant int, id int, PRIMARY KEY (tenant, id)) PARTITION BY LIST (tenant)',
        'CREATE TABLE orders_1 PARTITION OF orders FOR VALUES IN (1)',
        // Its columns stand in another order.
        'CREATE TABLE orders_2 (id int NOT NULL, tenant int NOT NULL)',
        'ALTER TABLE orders ATTACH PARTITION orders_2 FOR VALUES IN (2)',
      );
      await database.watch('orders', 'order-{tenant}-{id}');
      await database.take();
    });

    it('is seen through its own name, once, and through those of its partitions', async () => {
      await database.run('INSERT INTO orders VALUES (1, 5), (2, 6)');
      expect(await database.take()).toEqual([['order-1-5', 'order-2-6']]);
      await database.run('INSERT INTO orders_2 (tenant, id) VALUES (2, 7)', 'DELETE FROM orders_1');
      expect(await database.take()).toEqual([['order-2-7'], ['order-1-5']]);
    });

    it('names a row that moves to another partition as it was and as it is', async () => {
      await database.run('UPDATE orders SET tenant = 1 WHERE id = 6');
      expect((await database.take()).flat().sort()).toEqual(['order-1-6', 'order-2-6']);
    });

    it('names what a truncation takes, of all partitions or of one', async () => {
      await database.run('TRUNCATE orders_1');
      expect(new Set((await database.take()).flat())).toEqual(new Set(['order-1-6']));
      await database.run('TRUNCATE orders');
      expect(new Set((await database.take()).flat())).toEqual(new Set(['order-2-7']));
    });
  });

  describe('any name and any value', () => {
    const odd = fc.constantFrom(
      ...['"', "'", '\\', '$headrace$', '$$', ';', '--', '\n', '\r', '%I', '%1$s', '/*', '*/', '{', '}', ','],
      ...['é', '漢', '🚰', '\u2028', ' ', 'a', 'Z', '7', 'DROP TABLE canary', ':x', '?', '$1'],
    );
    const name = fc
      .array(odd, { minLength: 1, maxLength: 8 })
      .map(parts => parts.join(''))
      .filter(text => Buffer.byteLength(text) <= 63);
    const word = fc.stringMatching(/^[!-+\--z|~]{0,12}$/);

    /** As a page's Cache-Tag would have it: told by another way than Postgres is. */
    const encoded = (value: string) =>
      [...value].map(letter => (/^[!-$&-+\--~]$/.test(letter) ? letter : percent(letter))).join('');
    const percent = (letter: string) =>
      [...Buffer.from(letter)].map(byte => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');

    const settings = fc.constantFrom('on', 'off');

    it('becomes the right tag, and no statement of its own', async () => {
      await database.run('CREATE TABLE canary ()');
      await fc.assert(
        fc.asyncProperty(
          name,
          name,
          name,
          word,
          name,
          settings,
          async (schema, table, column, text, value, conforming) => {
            const [s, t, c] = [schema, table, column].map(escapeIdentifier);
            const tags = `${text}{"${column.replaceAll('"', '""')}"}`;
            const { up, down } = await database.migrationOf({ schema, table, tags });
            const client = new Client({ connectionString: database.url });
            await client.connect();
            try {
              await client.query(`SET standard_conforming_strings = ${conforming}`);
              await client.query(`CREATE SCHEMA ${s}; CREATE TABLE ${s}.${t} (${c} text)`);
              await client.query(up);
              await client.query(up);
              await client.query(`INSERT INTO ${s}.${t} VALUES ($1)`, [value]);
              await client.query(`TRUNCATE ${s}.${t}`);
              const expected = [text + encoded(value)];
              expect(await database.take()).toEqual([expected, expected]);
              await client.query(down);
              await client.query('TABLE canary');
            } finally {
              await client.query(`DROP SCHEMA IF EXISTS ${s} CASCADE`);
              await client.end();
            }
          },
        ),
        { numRuns: 25 },
      );
    });
  });
}
