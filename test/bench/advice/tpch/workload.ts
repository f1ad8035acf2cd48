/** TPC-H as a workload; scale 1 is its scale factor 1. */

import { loadTables } from '../load.ts';
import type { BenchWorkload } from '../workload.ts';
import { tpchData } from './generate.ts';
import { tpchQueries, withoutDominating } from './queries.ts';
import { TPCH_SCHEMA } from './schema.ts';

export const tpch: BenchWorkload = {
  name: 'TPC-H, 19 queries',
  load: ({ client, scale, seed }) =>
    loadTables(client, { schema: TPCH_SCHEMA, tables: tpchData(scale, seed) }),
  statements: ({ scale, seed }) => withoutDominating(tpchQueries(scale, seed)),
};

/** All 22: three of them decide the sum. */
export const tpchWhole: BenchWorkload = {
  ...tpch,
  name: 'TPC-H, 22 queries',
  statements: ({ scale, seed }) => tpchQueries(scale, seed),
};

/** Of each pattern several sets of values, and of the first two one more. */
export const tpchNinety: BenchWorkload = {
  ...tpch,
  name: 'TPC-H, 90 queries',
  statements: ({ scale, seed }) =>
    [1, 2, 3, 4, 5]
      .flatMap(set => tpchQueries(scale, seed + set).map(query => ({ ...query, id: `${query.id}.${set}` })))
      .slice(0, 90),
};
