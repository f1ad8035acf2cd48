/**
 * The edge, cold: some isolates, each a workerd of its own, on one embedded Redis that counts what it is asked.
 *
 * Shape   config, origin, how many -> the running edges, their Redis, the token of their admin API
 */

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type Edge, startEdge } from '../../../../infra/local/edge/start.ts';
import type { ConfigInput } from '../../../../shared/config/config.ts';
import { bundleWith } from '../../../flows/bundle-with.ts';
import type { RedisCounters } from '../measuring/figures.ts';
import { type Child, startChild } from './child.ts';
import type { Owned } from './owned.ts';

export interface EdgesOptions {
  /** Where the bundle is written. */
  readonly folder: string;
  readonly isolates: number;
  readonly config: ConfigInput;
  readonly originUrl: string;
}

export interface Edges {
  readonly edges: readonly Edge[];
  readonly redis: Child<RedisCounters>;
  readonly adminToken: string;
  /** How often the edge had to do without Redis, as its log says: a sign of a machine with too much to do. */
  lateRedis(): number;
}

export async function openEdges(options: EdgesOptions, own: Owned): Promise<Edges> {
  const { folder, isolates, config, originUrl } = options;
  const [TOKEN, adminToken] = [randomUUID(), randomUUID()];
  const redis = await own(startChild<RedisCounters>('redis-process.ts', { TOKEN }));
  const worker = await bundleWith(config, join(folder, 'worker.js'));
  const variables = {
    ADMIN_TOKEN: adminToken,
    ORIGIN_URL: originUrl,
    HEADRACE_PRESET: 'highPerformance',
    UPSTASH_REDIS_REST_URL: redis.url,
    UPSTASH_REDIS_REST_TOKEN: TOKEN,
  };
  let lateRedis = 0;
  const print = (text: string) => {
    lateRedis += text.split('"kind":"level-failed"').length - 1;
  };
  const place = { port: 0, host: '127.0.0.1', probePath: '/api/performance/' };
  const edges = await Promise.all(
    Array.from({ length: isolates }, () => own(startEdge({ worker, variables, print, ...place }))),
  );
  return { edges, redis, adminToken, lateRedis: () => lateRedis };
}
