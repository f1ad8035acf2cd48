import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSqlParser } from '../../../../functions/adapters/sql-parser/libpg-query.ts';
import {
  type MigrationInput,
  writeMigration,
} from '../../../../shared/query-optimizer/migration/migration.ts';
import { nameIndex } from '../../../../shared/query-optimizer/migration/name-index.ts';
import type { IndexDefinition } from '../../../../shared/query-optimizer/planner.ts';
import type { SqlParser } from '../../../../shared/query-optimizer/sql/sql-parser.ts';
import { index, relation } from '../snapshots.ts';

const on = (table: string, column: string): IndexDefinition => ({
  table: { schema: 'public', name: table },
  method: 'btree',
  keys: [{ column, expression: undefined, operatorClass: undefined, isDescending: false }],
  included: [],
  predicate: undefined,
});
const nothing: MigrationInput = { creations: [], suggestions: [], drops: [], relations: [] };

/** Without comments, one statement each. */
const statementsOf = (sql: string): readonly string[] =>
  sql.split('\n').filter(line => line !== '' && !line.startsWith('--'));

describe('the migration', () => {
  let parser: SqlParser;
  beforeAll(async () => {
    parser = await createSqlParser();
  });
  const write = (parts: Partial<MigrationInput>) => writeMigration({ ...nothing, ...parts }, parser);

  it('creates without stopping writers, can be run again, and is taken back', () => {
    const definition = on('orders', 'status');
    const name = nameIndex(definition);
    const { up, down } = write({ creations: [{ definition, why: 'it pays' }] });
    expect(statementsOf(up)).toEqual([
      `CREATE INDEX CONCURRENTLY IF NOT EXISTS "${name}" ON "public"."orders" USING btree ("status");`,
    ]);
    expect(up).toContain('-- it pays\n');
    expect(statementsOf(down)).toEqual([`DROP INDEX CONCURRENTLY IF EXISTS "public"."${name}";`]);
  });

  it('makes the index of a partitioned table part by part, of parts of parts first', () => {
    const parent = (of: string) => [{ schema: 'public', name: of }];
    const partition = { key: undefined, bound: 'FOR VALUES IN (1)' };
    const relations = [
      relation('logs', 'id', { kind: 'partitioned', partition: { key: 'LIST (id)', bound: undefined } }),
      relation('logs_1', 'id', { parents: parent('logs'), partition }),
      relation('logs_2', 'id', {
        kind: 'partitioned',
        parents: parent('logs'),
        partition: { ...partition, key: 'LIST (id)' },
      }),
      relation('logs_2a', 'id', { parents: parent('logs_2'), partition }),
      relation('heir', 'id', { parents: parent('logs') }),
    ];
    const definition = on('logs', 'id');
    const name = (of?: string) => `"${nameIndex(definition, of)}"`;
    const { up, down } = write({ creations: [{ definition, why: '' }], relations });
    expect(statementsOf(up)).toEqual([
      `CREATE INDEX IF NOT EXISTS ${name()} ON ONLY "public"."logs" USING btree ("id");`,
      `CREATE INDEX CONCURRENTLY IF NOT EXISTS ${name('logs_1')} ON "public"."logs_1" USING btree ("id");`,
      `ALTER INDEX "public".${name()} ATTACH PARTITION "public".${name('logs_1')};`,
      `CREATE INDEX IF NOT EXISTS ${name('logs_2')} ON ONLY "public"."logs_2" USING btree ("id");`,
      `CREATE INDEX CONCURRENTLY IF NOT EXISTS ${name('logs_2a')} ON "public"."logs_2a" USING btree ("id");`,
      `ALTER INDEX "public".${name('logs_2')} ATTACH PARTITION "public".${name('logs_2a')};`,
      `ALTER INDEX "public".${name()} ATTACH PARTITION "public".${name('logs_2')};`,
    ]);
    expect(statementsOf(down)).toEqual([`DROP INDEX IF EXISTS "public".${name()};`]);
  });

  it('has drops as comments, and as statements only when they are asked for', () => {
    const drops = [{ index: index('idle', 'orders', 'status'), why: 'nobody reads it' }];
    expect(statementsOf(write({ drops }).up)).toEqual([]);
    expect(write({ drops }).up).toContain('-- DROP INDEX CONCURRENTLY IF EXISTS "public"."idle";');
    const asked = write({ drops, withDrops: true });
    expect(statementsOf(asked.up)).toEqual(['DROP INDEX CONCURRENTLY IF EXISTS "public"."idle";']);
    expect(statementsOf(asked.down)).toEqual([
      'CREATE INDEX CONCURRENTLY idle ON public.orders USING btree (status);',
    ]);
  });

  it('lets no name and no reason become a statement', () => {
    const text = fc.oneof(
      fc.string({ minLength: 1, maxLength: 80 }),
      fc.constantFrom('a"; DROP TABLE b; --', "x'\n; DROP TABLE b", 'ü"\u2028b', '*/ ; --', '\\'),
    );
    fc.assert(
      fc.property(text, text, text, (table, column, why) => {
        const definition = on(table, column);
        const { up, down } = write({
          creations: [{ definition, why }],
          suggestions: [{ definition, why }],
          drops: [{ index: index('kept', 'orders', 'id', { name: table }), why }],
        });
        for (const [sql, kind] of [
          [up, 'IndexStmt'],
          [down, 'DropStmt'],
        ] as const) {
          const parsed = parser.parse(sql);
          const kinds =
            parsed.kind === 'parsed' ? parsed.statements.flatMap(each => Object.keys(each)) : [parsed.why];
          expect(kinds).toEqual([kind]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('writes nothing when a predicate is more than one', () => {
    const definition = { ...on('orders', 'status'), predicate: 'true; DROP TABLE orders' };
    expect(() => write({ creations: [{ definition, why: '' }] })).toThrow('nothing is written');
  });
});

describe('names of indexes', () => {
  it('are at most 63 bytes, the same for the same definition, and others for others', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 90 }),
        fc.string({ minLength: 1 }),
        (table, column) => {
          const name = nameIndex(on(table, column));
          expect(new TextEncoder().encode(name).length).toBeLessThanOrEqual(63);
          expect(name).toBe(nameIndex(on(table, column)));
          expect(name).not.toBe(nameIndex({ ...on(table, column), predicate: 'true' }));
          expect(name).toMatch(/^[\p{L}\p{N}_]+$/u);
        },
      ),
    );
  });

  it('say what they are of', () => {
    expect(nameIndex(on('orders', 'customer_id'))).toMatch(/^idx_orders_customer_id_[0-9a-f]{10}$/);
  });
});
