/**
 * Everything that is measured side by side: Headrace by the outcome of its cache, and its peers.
 *
 * Shape   -> Subject[], each warm and seen to do what its name says
 * Errors  rejects when a subject does something else
 */

import { startEdge } from '../../../infra/local/edge/start.ts';
import type { Part } from '../../../infra/local/part.ts';
import { startRedis } from '../../../infra/local/redis/start.ts';
import type { ConfigInput } from '../../../shared/config/config.ts';
import { bundleWith } from '../../flows/bundle-with.ts';
import { BROWSER, PROGRAM } from './asking.ts';
import { BODY, startPageOrigin } from './origin.ts';
import { startPlainWorker } from './plain-worker.ts';

export interface Subject {
  readonly name: string;
  readonly pid: number;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Each request for a URL of its own. */
  readonly isUnique: boolean;
  readonly requestsPerRound: number;
}

export interface Subjects {
  readonly all: readonly Subject[];
  stop(): Promise<void>;
}

const HITS_PER_ROUND = 6_000;
/** The embedded Redis and the origin, both in Node, are what is slow here; neither is counted. */
const FAR_PER_ROUND = 600;

/** Memory holds nothing: every hit comes from Redis. */
const NO_MEMORY: ConfigInput = { levels: { l1: { maxEntries: 0 } } };

export async function startSubjects(folder: string): Promise<Subjects> {
  const origin = await startPageOrigin();
  const parts: Part[] = [];
  const stop = async () => {
    await Promise.all(parts.map(part => part.stop()));
    await origin.stop();
  };
  /** What has started is stopped, also when what comes after it does not start. */
  const own = async <Owned extends Part>(starting: Promise<Owned>): Promise<Owned> => {
    const part = await starting;
    parts.push(part);
    return part;
  };
  try {
    return { all: await startAll(folder, origin, own), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Own = <Owned extends Part>(starting: Promise<Owned>) => Promise<Owned>;

async function startAll(folder: string, origin: { url: string; path: string }, own: Own) {
  const redis = await own(startRedis());
  const inRedis = { UPSTASH_REDIS_REST_URL: redis.url, UPSTASH_REDIS_REST_TOKEN: redis.token };
  const headrace = async (name: string, config: ConfigInput, more: Record<string, string> = {}) => {
    const quiet = { ...config, metrics: { logShare: 0, ...config.metrics } };
    const worker = await bundleWith(quiet, `${folder}/${name}.js`);
    const variables = { ORIGIN_URL: origin.url, HEADRACE_PRESET: 'highPerformance', ...more };
    return own(startEdge({ worker, port: 0, host: '127.0.0.1', variables }));
  };
  const memory = await headrace('memory', {});
  const uncounted = await headrace('uncounted', { metrics: { enabled: false } });
  const far = await headrace('far', NO_MEMORY, inRedis);
  const headers = await headersOfHit(memory.url + origin.path, 'L1');
  await headersOfHit(uncounted.url + origin.path, 'L1');
  await headersOfHit(far.url + origin.path, 'L2');
  const bare = await own(startPlainWorker({ folder, name: 'bare', headers, body: BODY }));
  const prepared = await own(startPlainWorker({ folder, name: 'bare-prepared', headers, body: BODY }));
  const hono = await own(startPlainWorker({ folder, name: 'hono-cache', headers, body: BODY }));
  const hit = { headers: PROGRAM, isUnique: false, requestsPerRound: HITS_PER_ROUND };
  const other = { headers: PROGRAM, requestsPerRound: FAR_PER_ROUND };
  const at = (part: Part & { url: string }) => ({ pid: part.pid ?? 0, url: part.url + origin.path });
  return [
    { name: 'bare Worker', ...at(bare), ...hit },
    { name: 'bare Worker, headers made once', ...at(prepared), ...hit },
    { name: 'L1 hit', ...at(memory), ...hit },
    { name: 'L1 hit, nothing counted', ...at(uncounted), ...hit },
    { name: 'hono/cache hit', ...at(hono), ...hit },
    { name: 'bare Worker, as a browser asks', ...at(bare), ...hit, headers: BROWSER },
    { name: 'L1 hit, as a browser asks', ...at(memory), ...hit, headers: BROWSER },
    { name: 'L2 hit', ...at(far), ...other, isUnique: false },
    { name: 'miss, stored in both levels', ...at(far), ...other, isUnique: true },
  ];
}

/** What a hit at this level says; the connection's own fields are workerd's to write, for every Worker alike. */
async function headersOfHit(url: string, level: 'L1' | 'L2'): Promise<[string, string][]> {
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    const response = await fetch(url, { headers: PROGRAM });
    await response.arrayBuffer();
    const status = response.headers.get('cache-status') ?? '';
    if (status.includes('hit; ') && status.endsWith(level)) return [...response.headers].filter(isOwn);
  }
  throw new Error(`${url} never became a hit of ${level}`);
}

/** Storing goes on after the response; a busy machine takes its time. */
const MOST_ATTEMPTS = 300;

function isOwn([name]: [string, string]): boolean {
  return !['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding'].includes(name);
}
