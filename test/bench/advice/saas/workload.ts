/** A rented application: many small queries of many tenants, and writes; scale 1 is a million tasks. */

import { loadTables } from '../load.ts';
import type { BenchWorkload } from '../workload.ts';
import { saasData } from './data.ts';
import { saasStatements } from './queries.ts';
import { SAAS_SCHEMA } from './schema.ts';

export const saas: BenchWorkload = {
  name: 'Rented software, 30 statements',
  load: ({ client, scale, seed }) =>
    loadTables(client, { schema: SAAS_SCHEMA, tables: saasData(scale, seed) }),
  statements: saasStatements,
};
