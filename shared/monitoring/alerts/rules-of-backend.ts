/**
 * The alarms about what stands behind the edge: processes, Redis, jobs, the database, the CDNs.
 *
 * Units   percent, ms, seconds, and counts
 */

import type { MeasureName } from './measures.ts';
import { type AlertRule, AT_ONCE, above, LASTING, ONCE, SLOWLY, SOON, THREE_MINUTES } from './rule.ts';
import type { Signal } from './signal.ts';

const highest = (of: MeasureName): Signal => ({ kind: 'highest', of });
const counted = (of: MeasureName): Signal => ({ kind: 'count', of });
const FAILED_JOBS: Signal = { kind: 'share', part: 'JobsDead', whole: 'JobsEnded' };
const QUERY_TIME: Signal = { kind: 'quotient', part: 'QuerySeconds', whole: 'Queries', scale: 1_000 };
const REDIS_P95: Signal = { kind: 'p95', of: 'RedisDuration' };

const info = (window: AlertRule['window'], says: string) => ({ severity: 'info', window, says }) as const;
const warning = (window: AlertRule['window'], says: string) =>
  ({ severity: 'warning', window, says }) as const;
const page = (window: AlertRule['window'], says: string) => ({ severity: 'page', window, says }) as const;

export function backendRules(): readonly AlertRule[] {
  return [...processRules(), ...redisRules(), ...jobRules(), ...databaseRules()];
}

function processRules(): readonly AlertRule[] {
  const [cpu, memory] = [highest('Cpu'), highest('Memory')];
  return [
    above('memory', [memory, 80], info(THREE_MINUTES, 'A process uses more than 80 % of its memory')),
    above('memory-high', [memory, 85], warning(THREE_MINUTES, 'A process uses more than 85 % of its memory')),
    above('memory-severe', [memory, 90], warning(AT_ONCE, 'A process uses more than 90 % of its memory')),
    above('cpu', [cpu, 70], info(SOON, 'A process uses more than 70 % of its processor')),
    above('cpu-high', [cpu, 80], warning(SOON, 'A process uses more than 80 % of its processor')),
    above(
      'event-loop-delay',
      [highest('EventLoopDelay'), 100],
      warning(SOON, 'An event loop is late by more than 100 ms'),
    ),
    above('health', [highest('HealthFailed'), 0], page(THREE_MINUTES, 'A health check fails')),
  ];
}

function redisRules(): readonly AlertRule[] {
  return [
    above(
      'redis-breaker',
      [counted('RedisBreakerOpened'), 0],
      page(ONCE, 'Redis keeps failing and is left alone'),
    ),
    above('redis-latency', [REDIS_P95, 50], {
      ...warning(SOON, 'One trip to Redis in twenty takes more than 50 ms'),
      minimumSamples: 100,
    }),
    above(
      'redis-memory',
      [highest('RedisMemory'), 85],
      warning(THREE_MINUTES, 'Redis uses more than 85 % of its memory'),
    ),
    above('evictions', [counted('RedisEvicted'), 0], warning(ONCE, 'Redis drops keys for want of memory')),
    above('incomplete-purges', [counted('PurgesIncomplete'), 0], page(ONCE, 'A purge did not reach Redis')),
    above(
      'invalidation-failures',
      [counted('InvalidationsDead'), 0],
      page(ONCE, 'A CDN was not told of a purge'),
    ),
  ];
}

function jobRules(): readonly AlertRule[] {
  return [
    above(
      'queue-length',
      [highest('JobsWaiting'), 1_000],
      warning(LASTING, 'More than 1,000 jobs of one type wait'),
    ),
    above(
      'oldest-job',
      [highest('JobsOldest'), 300],
      page(SOON, 'A job has waited for more than five minutes'),
    ),
    above('failed-jobs', [FAILED_JOBS, 5], {
      ...warning(SLOWLY, 'More than 5 % of jobs are given up'),
      minimumSamples: 20,
    }),
    above(
      'dead-letters',
      [highest('DeadLetters'), 0],
      warning(AT_ONCE, 'A message lies in a dead-letter queue'),
    ),
  ];
}

function databaseRules(): readonly AlertRule[] {
  return [
    above('query-time', [QUERY_TIME, 100], {
      ...warning(SLOWLY, 'Statements take more than 100 ms on average'),
      minimumSamples: 20,
    }),
    above(
      'slow-queries',
      [highest('SlowQueries'), 0],
      warning(SOON, 'A statement runs for longer than 1,000 ms'),
    ),
    above(
      'pool-use',
      [highest('PoolUsed'), 80],
      warning(THREE_MINUTES, 'More than 80 % of the database’s connections are in use'),
    ),
    above(
      'outbox-lag',
      [highest('OutboxLag'), 60],
      page(SOON, 'A change of the database has waited for more than a minute to be purged'),
    ),
  ];
}
