/**
 * What the twin says of sizes, beside indexes that PostgreSQL 15.20 built over TPC-H at scale factor 1: bytes as pg_relation_size
 * gave them, statistics as its ANALYZE left them (every tenth bound of the histograms, every
 * fourth of the arrays); the arrays are those of 60,000 documents.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPgliteEngine } from '../../../../../functions/adapters/planners/twin/pglite-engine.ts';
import { indexIdOf, quoteIdentifier } from '../../../../../shared/query-optimizer/index-sql.ts';
import type { IndexDefinition, Planner } from '../../../../../shared/query-optimizer/planner.ts';
import { createTwinPlanner } from '../../../../../shared/query-optimizer/twin/twin-planner.ts';
import {
  aColumn,
  aRelation,
  aSnapshot,
  columnStatistics,
} from '../../../../shared/query-optimizer/twin/sources.ts';

/** Some are those that the twin's own statements use. */
const NAMES = ['plain', 'at', 'each', 'e', 'v', 'u', 'x', '"; DROP TABLE doc; --'];

const SOURCE = aSnapshot({
  relations: [
    aRelation('lineitem', {
      rows: 5_990_382,
      pages: 112_191,
      columns: [
        aColumn('l_orderkey', 'integer'),
        aColumn('l_suppkey', 'integer'),
        aColumn('l_extendedprice', 'numeric(15,2)'),
        aColumn('l_shipmode', 'character(10)'),
      ],
    }),
    aRelation('customer', {
      rows: 150_000,
      pages: 3_580,
      columns: [
        aColumn('c_custkey', 'integer'),
        aColumn('c_phone', 'character(15)'),
        aColumn('c_acctbal', 'numeric(15,2)'),
      ],
    }),
    aRelation('doc', {
      rows: 60_000,
      pages: 4_784,
      columns: [aColumn('id', 'bigint'), aColumn('tags', 'text[]')],
    }),
    aRelation('named', {
      rows: 50_000,
      pages: 5_000,
      columns: NAMES.map(name => aColumn(name, 'text')),
    }),
  ],
  statistics: [
    columnStatistics('lineitem', 'l_orderkey', {
      distinct: 374_002,
      correlation: 0.9999998,
      histogramBounds: '{360,630248,1223141,1834913,2431938,3011621,3621285,4203687,4810887,5408551,5999686}',
    }),
    columnStatistics('lineitem', 'l_suppkey', {
      distinct: 9_959,
      correlation: -0.0032,
      histogramBounds: '{1,1023,2051,3067,4030,5014,6055,7012,8021,8987,10000}',
    }),
    columnStatistics('lineitem', 'l_extendedprice', {
      averageWidth: 8,
      distinct: -0.12382716,
      correlation: 0.0016,
      histogramBounds:
        '{934.00,7922.55,15046.88,22442.61,29620.14,36864.22,43911.41,51101.28,59424.58,70988.76,103799.00}',
    }),
    columnStatistics('lineitem', 'l_shipmode', {
      averageWidth: 11,
      distinct: 7,
      correlation: 0.148,
      mostCommonValues: '{"TRUCK","AIR","FOB","RAIL","SHIP","REG AIR","MAIL"}',
      mostCommonFrequencies: [0.1459, 0.1453, 0.143, 0.1418, 0.1417, 0.1411, 0.1411],
    }),
    columnStatistics('customer', 'c_custkey', { distinct: -1 }),
    columnStatistics('customer', 'c_phone', {
      averageWidth: 16,
      distinct: -1,
      histogramBounds: '{10-100-399-3525,15-111-846-6805,20-222-945-1538,25-114-888-6650,29-998-683-1680}',
    }),
    columnStatistics('customer', 'c_acctbal', {
      averageWidth: 6,
      distinct: -0.888,
      histogramBounds:
        '{-999.77,81.27,1198.49,2288.84,3394.94,4498.99,5581.86,6663.20,7784.71,8904.95,9999.73}',
    }),
    // A mean that the values deny tells which of them was believed.
    ...NAMES.map(name =>
      columnStatistics('named', name, { averageWidth: 60, distinct: -1, histogramBounds: '{Abcdef,Ghijkl}' }),
    ),
    columnStatistics('doc', 'id', { averageWidth: 8, distinct: -1, correlation: 1 }),
    columnStatistics('doc', 'tags', {
      averageWidth: 60,
      distinct: -0.47155,
      mostCommonValues: '{"{tag0}","{tag12}"}',
      mostCommonFrequencies: [0.0445, 0.0445],
      histogramBounds:
        '{"{tag0,tag166,tag361}","{tag1,tag109,tag230,tag313,tag337}","{tag107,tag69,tag14,tag19,tag1,tag6}","{tag120,tag248,tag0,tag4}","{tag135,tag46}","{tag15,tag274}","{tag164,tag296,tag22,tag226,tag392}","{tag18,tag5,tag189,tag44,tag393}","{tag196,tag0}","{tag206,tag368,tag382,tag84,tag156,tag20}","{tag224,tag0}","{tag242,tag298,tag254,tag275,tag289}","{tag261,tag45,tag4,tag80}","{tag280}","{tag3,tag249,tag48,tag43,tag335,tag31}","{tag318,tag277}","{tag34,tag0,tag96,tag108}","{tag36,tag299,tag94,tag3,tag388,tag7}","{tag382,tag36}","{tag40,tag269,tag36,tag283,tag321}","{tag5,tag224,tag88}","{tag6,tag210,tag279,tag384,tag109,tag0}","{tag7,tag140}","{tag8,tag260,tag24}","{tag9,tag270}"}',
    }),
  ],
});

const on = (name: string, key: string, rest: Partial<IndexDefinition> = {}): IndexDefinition => ({
  table: { schema: 'public', name },
  method: 'btree',
  keys: [{ column: key, expression: undefined, operatorClass: undefined, isDescending: false }],
  included: [],
  predicate: undefined,
  ...rest,
});

const ofPhone = {
  column: undefined,
  expression: 'SUBSTRING(c_phone FROM 1 FOR 2)',
  operatorClass: undefined,
  isDescending: false,
};

const BUILT: readonly (readonly [what: string, index: IndexDefinition, bytes: number])[] = [
  [
    'whose equal keys lie together, where ANALYZE read a quarter of the pages',
    on('lineitem', 'l_orderkey'),
    77_807_616,
  ],
  [
    'of some rows of nearly every key',
    on('lineitem', 'l_orderkey', { predicate: "l_shipmode IN ('AIR', 'RAIL')" }),
    32_972_800,
  ],
  ['of hundreds of rows a key', on('lineitem', 'l_suppkey'), 42_557_440],
  ['of numbers, whose width varies by two bytes', on('lineitem', 'l_extendedprice'), 179_732_480],
  ['of texts padded with blanks, equal but each kept', on('lineitem', 'l_shipmode'), 189_243_392],
  ['of texts of one width', on('customer', 'c_phone'), 4_751_360],
  [
    'of an expression over a column that it also includes',
    on('customer', 'c_phone', { keys: [ofPhone], included: ['c_acctbal', 'c_custkey', 'c_phone'] }),
    7_462_912,
  ],
  ['that includes arrays', on('doc', 'id', { included: ['tags'] }), 5_808_128],
];

let planner: Planner;

beforeAll(async () => {
  ({ planner } = await createTwinPlanner(await openPgliteEngine(SOURCE), SOURCE));
});
afterAll(() => planner.close());

it.each(BUILT)('an index %s is told within 4 %%', async (_what, index, bytes) => {
  const told = (await planner.propose([index])).get(indexIdOf(index));
  expect(told).toMatchObject({ kind: 'ready' });
  const ratio = (told as { bytes: number }).bytes / bytes;
  expect(ratio).toBeGreaterThan(0.96);
  expect(ratio).toBeLessThan(1.04);
});

it.each([
  ['a column', (name: string) => ({ column: name, expression: undefined })],
  ['an expression', (name: string) => ({ column: undefined, expression: `lower(${quoteIdentifier(name)})` })],
])('an index on %s is told by its values, whatever the column is called', async (_what, keyOf) => {
  const indexes = NAMES.map(name =>
    on('named', name, { keys: [{ ...keyOf(name), operatorClass: undefined, isDescending: false }] }),
  );
  const told = await planner.propose(indexes);
  const bytes = indexes.map(index => (told.get(indexIdOf(index)) as { bytes: number }).bytes);
  expect(new Set(bytes).size).toBe(1);
  expect(bytes[0]).toBeLessThan(1_500_000);
});
