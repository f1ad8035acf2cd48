/**
 * `npm run publish -- <folder>`: a folder into a bucket, and caches told of it.
 *
 * Errors  exit codes 0 done, 1 it failed or was interrupted, 2 wrong arguments or settings
 */

import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createClient } from '../../../shared/client/client.ts';
import { createBar } from '../jobs/bar.ts';
import { findEdge } from '../jobs/find-edge.ts';
import { EXIT } from '../part.ts';
import { projectDir, STATE_DIR_NAME } from '../paths.ts';
import { type PublishOrder, parsePublish } from './command.ts';
import { findStore } from './find-store.ts';
import { runPublish } from './run-publish.ts';
import { createTellCaches, type TellCaches } from './tell-caches.ts';
import { USAGE } from './usage.ts';

const say = (words: string) => void process.stdout.write(`${words}\n`);
const complain = (words: string) => void process.stderr.write(`${words}\n`);
/** Nobody waits for a page here: an edge that has much to purge may take its time. */
const EDGE_MS = 60_000;

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const parsed = parsePublish(args);
  if (parsed.kind === 'help') {
    say(USAGE);
    return EXIT.stopped;
  }
  if (parsed.kind === 'wrong') return refuse(`${parsed.sentence}\nnpm run publish -- --help tells all.`);
  const { order } = parsed;
  const stackFile = await readStackFile();
  const found = findStore({ order, environment: process.env, stackFile });
  if (!found.ok) return refuse(found.sentence);
  const tellCaches = order.invalidate ? findCaches(order, stackFile) : undefined;
  if (typeof tellCaches === 'string') return refuse(tellCaches);
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
function findCaches(order: PublishOrder, stackFile: string | undefined): TellCaches | string {
  const edge = findEdge({ environment: process.env, stackFile });
  if (!edge.ok) return `${edge.sentence} With --no-invalidate no cache is told.`;
  const base = order.url ?? `${edge.url.replace(/\/+$/, '')}/${order.prefix}`;
  return createTellCaches(createClient({ ...edge, timeoutMs: EDGE_MS }), base);
}

function refuse(sentence: string): number {
  complain(sentence);
  return EXIT.badSetting;
}

async function readStackFile(): Promise<string | undefined> {
  const folder = resolve(process.env.HEADRACE_STATE_DIR || join(projectDir, STATE_DIR_NAME));
  return readFile(join(folder, 'stack.json'), 'utf8').catch(() => undefined);
}
