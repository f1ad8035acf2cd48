/** Films, their makers and what is known of them; scale 1 is a million films. */

import { loadTables } from '../load.ts';
import type { BenchWorkload } from '../workload.ts';
import { filmsData } from './data.ts';
import { filmQueries } from './queries.ts';
import { FILMS_SCHEMA } from './schema.ts';

export const films: BenchWorkload = {
  name: 'Films, 90 queries of many joins',
  load: ({ client, scale, seed }) =>
    loadTables(client, { schema: FILMS_SCHEMA, tables: filmsData(scale, seed) }),
  statements: ({ seed }) => filmQueries(seed),
};
