import { describe, expect, it } from 'vitest';
import {
  createIndexSql,
  indexIdOf,
  quoteIdentifier,
  quoteLiteral,
} from '../../../shared/query-optimizer/index-sql.ts';
import type { IndexDefinition } from '../../../shared/query-optimizer/planner.ts';

const INDEX: IndexDefinition = {
  table: { schema: 'public', name: 'order' },
  method: 'btree',
  keys: [
    {
      column: 'customer',
      expression: undefined,
      operatorClass: undefined,
      isDescending: true,
      nulls: 'last',
    },
    { column: undefined, expression: 'lower(mail)', operatorClass: 'text_pattern_ops', isDescending: false },
  ],
  included: ['total'],
  predicate: 'NOT paid',
};

describe('the text of an index', () => {
  it('says all of its definition, and nothing of its name', () => {
    expect(indexIdOf(INDEX)).toBe(
      '"public"."order" USING btree ("customer" DESC NULLS LAST, (lower(mail)) "text_pattern_ops") INCLUDE ("total") WHERE NOT paid',
    );
  });

  it('creates it, where it must without stopping those who write', () => {
    expect(createIndexSql(INDEX, { name: 'a' })).toBe(`CREATE INDEX "a" ON ${indexIdOf(INDEX)}`);
    expect(createIndexSql(INDEX, { name: 'a', concurrently: true, ifNotExists: true })).toBe(
      `CREATE INDEX CONCURRENTLY IF NOT EXISTS "a" ON ${indexIdOf(INDEX)}`,
    );
  });

  it('keeps any name a name, and any text a text', () => {
    expect(quoteIdentifier('a"; DROP TABLE b; --')).toBe('"a""; DROP TABLE b; --"');
    expect(quoteLiteral("it's")).toBe("'it''s'");
    expect(quoteLiteral("\\'; DROP TABLE b; --")).toBe("E'\\\\''; DROP TABLE b; --'");
    const [key] = INDEX.keys;
    const schemed = {
      ...INDEX,
      keys: [
        {
          ...key,
          column: 'a',
          isDescending: false,
          nulls: undefined,
          expression: undefined,
          operatorClass: 'public.gin_trgm_ops',
        },
      ],
    };
    expect(indexIdOf(schemed)).toContain('"a" "public"."gin_trgm_ops"');
  });
});
