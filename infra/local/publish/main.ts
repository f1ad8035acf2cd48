/**
 * `npm run publish -- <folder>`: a folder into a bucket, and caches told of it.
 *
 * Errors  exit codes 0 done, 1 it failed or was interrupted, 2 wrong arguments or settings
 */

import { createClient } from '../../../shared/client/client.ts';
import { complain, runAsked, say, UsageError } from '../command-line.ts';
import { createBar } from '../jobs/bar.ts';
import { findEdge } from '../jobs/find-edge.ts';
import { readStackFile } from '../stack-file.ts';
import { type Asked, type PublishOrder, parsePublish } from './command.ts';
import { findStore } from './find-store.ts';
import { runPublish } from './run-publish.ts';
import { createTellCaches, type TellCaches } from './tell-caches.ts';
import { USAGE } from './usage.ts';

/** Nobody waits for a page here: an edge that has much to purge may take its time. */
const EDGE_MS = 60_000;

process.exitCode = await runAsked(
  parsePublish(process.argv.slice(2)),
  { command: 'publish', usage: USAGE },
  carryOut,
);

async function carryOut({ order }: Asked): Promise<number> {
  const stackFile = await readStackFile(process.env);
  const found = findStore({ order, environment: process.env, stackFile });
  if (!found.ok) throw new UsageError(found.sentence);
  const tellCaches = order.invalidate ? findCaches(order, stackFile) : undefined;
  const stopping = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopping.abort());
  return runPublish(order, {
    store: found.store,
    where: found.name,
    tellCaches,
    signal: stopping.signal,
    say,
    complain,
    openBar: () => createBar(process.stderr),
  });
}

/** Found before anything is sent: what nobody is told of would be served from caches for minutes. */
function findCaches(order: PublishOrder, stackFile: string | undefined): TellCaches {
  const edge = findEdge({ environment: process.env, stackFile });
  if (!edge.ok) throw new UsageError(`${edge.sentence} With --no-invalidate no cache is told.`);
  const base = order.url ?? `${edge.url.replace(/\/+$/, '')}/${order.prefix}`;
  return createTellCaches(createClient({ ...edge, timeoutMs: EDGE_MS }), base);
}
