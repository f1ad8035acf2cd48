/** Four figures to see from across the room, each with what it is made of and how it went. */

import { h, show } from './dom.js';
import { bytes, compact, count, dollars, duration, percent, rate } from './format.js';
import { spark } from './shapes.js';

export function showTiles(host, { requests, latency, origin, redis, trend }) {
  const over = value => trend.points.map(value);
  show(
    host,
    tile('p95 latency', duration(latency.p95Ms), {
      says: [
        `p50 ${duration(latency.p50Ms)}, p99 ${duration(latency.p99Ms)}`,
        `origin p95 ${duration(origin.latency.p95Ms)}`,
      ],
      values: over(({ p95Ms }) => p95Ms),
      kind: 'p95',
    }),
    tile('Origin offload', percent(origin.offloadRatio), {
      says: [
        `asked ${compact(origin.requests)} times for ${compact(requests.total)}`,
        `${bytes(origin.bytesFromCache)} from the cache`,
      ],
      values: over(offloadOf),
      kind: 'cache',
    }),
    tile('Redis, per million', dollars(redis.usdPerMillionRequests), {
      says: redisSays(redis),
      values: [],
      kind: 'redis',
    }),
    tile('Errors', percent(requests.errorRatio), {
      says: [
        `${count(requests.errors)} answers of 500 or above`,
        `origin failed ${count(origin.failures)} times`,
      ],
      values: over(({ errors }) => errors),
      kind: 'error',
    }),
  );
}

/** Nothing where nobody asked. */
function offloadOf({ requests, originRequests }) {
  return requests ? 1 - Math.min(1, originRequests / requests) : null;
}

function redisSays({ breaker, commandsPerRequest, latency, failures, usdPer100kCommands }) {
  if (breaker === 'absent') return ['no Redis: each isolate', 'caches for itself'];
  const price = `at ${dollars(usdPer100kCommands)} per 100,000 commands`;
  const state = breaker === 'closed' ? `p95 ${duration(latency.p95Ms)}` : `breaker ${breaker}`;
  const asked = `${rate(commandsPerRequest)} commands a request`;
  return [asked, price, failures ? `${state}, ${count(failures)} without an answer` : state];
}

function tile(name, figure, { says, values, kind }) {
  return h(
    'article',
    { class: `card tile kind-${kind}` },
    h('h2', {}, name),
    h('strong', {}, figure),
    ...says.map(line => h('small', {}, line)),
    spark(values),
  );
}
