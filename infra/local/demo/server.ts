/**
 * The demo origin's process: listens, tells its launcher where, ends with it.
 */

import { Pool } from 'pg';
import { createDemo } from './app.ts';
import { listen } from './listen.ts';
import { createMemoryCatalogue } from './memory-catalogue.ts';
import { openPostgresCatalogue } from './postgres-catalogue.ts';

process.once('disconnect', () => process.exit());

const connectionString = process.env.DATABASE_URL;
const catalogue = connectionString
  ? await openPostgresCatalogue(openPool(connectionString))
  : createMemoryCatalogue();
const { fetch } = createDemo(catalogue);
process.send?.({ url: await listen(request => fetch(request)) });

function openPool(url: string): Pool {
  const pool = new Pool({ connectionString: url, max: 5 });
  // Without a listener, the end of an idle connection would end the process.
  pool.on('error', error => console.error(`demo origin: ${error.message}`));
  return pool;
}
