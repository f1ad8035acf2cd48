/**
 * The function drain-outbox: purges what the database says has changed. Called by its schedule it looks again and again until
 * its minute is over; called by the edge it empties the outbox once, or tells what waits there.
 *
 * Shape   EventBridge's scheduled event -> what was done; { now: true } -> the same of one drain; { look: true } -> what waits
 * Errors  without the database, the edge and its token it does not start; a run in which no drain succeeded fails
 */

import type { Context, ScheduledEvent } from 'aws-lambda';
import { Pool } from 'pg';
import { createClient } from '../../shared/client/client.ts';
import { type EmfLine, formatEmf } from '../../shared/monitoring/emf.ts';
import { type DrainDeps, drain } from '../../shared/outbox/drain.ts';
import { watchOutbox } from '../../shared/outbox/watch-outbox.ts';
import { systemClock as clock } from '../../shared/primitives/clock.ts';
import { createPostgresOutbox } from '../adapters/outbox/postgres-outbox.ts';
import { createEdgePurge } from './purge-at-edge.ts';
import { readOutboxAccess } from './read-environment.ts';
import { tellOf } from './tell-of.ts';

/** What is kept of a run's time to hand in the result, and to end the drain that the last look began. */
const RESERVE_MS = 500;
const LAST_DRAIN_MS = 500;
const CONNECT_MS = 5_000;
const QUERY_MS = 10_000;

const access = readOutboxAccess(process.env);
const store = createPostgresOutbox(openPool());
const purge = createEdgePurge(createClient({ url: access.edgeUrl, token: access.adminToken }));
const sleep = (ms: number) => new Promise<void>(resolve => setTimeout(resolve, ms));
const empty = (stopAt: number) => drain({ store, purge: untilThen(stopAt), clock }, { stopAt });

type Called = { readonly now: true } | { readonly look: true };

export async function handler(
  event: ScheduledEvent | Called,
  context: Pick<Context, 'getRemainingTimeInMillis'>,
): Promise<object> {
  if ('look' in event) return { outbox: await store.backlog() };
  const stopAt = clock() + context.getRemainingTimeInMillis() - RESERVE_MS;
  if ('now' in event) return empty(stopAt);
  const watching = watchOutbox(
    { drain: () => empty(stopAt), sleep, clock, log: entry => console.error(entry) },
    { until: stopAt - LAST_DRAIN_MS, everyMs: access.everyMs },
  );
  // Not through the console, which Lambda wraps: CloudWatch reads metrics off a line that is theirs alone.
  const write = (line: EmfLine) => void process.stdout.write(`${formatEmf(line)}\n`);
  return tellOf(watching, { backlog: store.backlog, write, clock });
}

/** An edge that is slow must not take the time that is kept to tell of it. */
function untilThen(stopAt: number): DrainDeps['purge'] {
  return (tags, changes) => purge(tags, changes, AbortSignal.timeout(Math.max(1, stopAt - clock())));
}

function openPool(): Pool {
  const { databaseUrl: connectionString } = access;
  const limits = { max: 2, connectionTimeoutMillis: CONNECT_MS, query_timeout: QUERY_MS };
  // A connection that dies while nobody uses it is no news: the next one is made when it is needed.
  return new Pool({ connectionString, ...limits }).on('error', () => {});
}
