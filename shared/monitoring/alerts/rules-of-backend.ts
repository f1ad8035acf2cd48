/**
 * The alarms about what stands behind the edge: processes, Redis, jobs, the database, the CDNs.
 *
 * Units   percent, ms, seconds, and counts
 */

import {
  type AlertRule,
  AT_ONCE,
  above,
  info,
  LASTING,
  ONCE,
  page,
  SLOWLY,
  SOON,
  THREE_MINUTES,
  warning,
} from './rule.ts';
import { figure, type Signal, share } from './signal.ts';

export const QUERY_TIME: Signal = { kind: 'quotient', part: 'QuerySeconds', whole: 'Queries', scale: 1_000 };

export function backendRules(): readonly AlertRule[] {
  return [...processRules(), ...redisRules(), ...jobRules(), ...databaseRules()];
}

function processRules(): readonly AlertRule[] {
  const [cpu, memory] = [figure('highest', 'Cpu'), figure('highest', 'Memory')];
  return [
    above('memory', [memory, 80], info(THREE_MINUTES, 'A process uses more than 80 % of its memory')),
    above('memory-high', [memory, 85], warning(THREE_MINUTES, 'A process uses more than 85 % of its memory')),
    above('memory-severe', [memory, 90], warning(AT_ONCE, 'A process uses more than 90 % of its memory')),
    above('cpu', [cpu, 70], info(SOON, 'A process uses more than 70 % of its processor')),
    above('cpu-high', [cpu, 80], warning(SOON, 'A process uses more than 80 % of its processor')),
    above(
      'event-loop-delay',
      [figure('highest', 'EventLoopDelay'), 100],
      warning(SOON, 'An event loop is late by more than 100 ms'),
    ),
    above('health', [figure('highest', 'HealthFailed'), 0], page(THREE_MINUTES, 'A health check fails')),
  ];
}

function redisRules(): readonly AlertRule[] {
  return [
    above(
      'redis-breaker',
      [figure('count', 'RedisBreakerOpened'), 0],
      page(ONCE, 'Redis keeps failing and is left alone'),
    ),
    above('redis-latency', [figure('p95', 'RedisDuration'), 50], {
      ...warning(SOON, 'One trip to Redis in twenty takes more than 50 ms'),
      minimumSamples: 100,
    }),
    above(
      'redis-memory',
      [figure('highest', 'RedisMemory'), 85],
      warning(THREE_MINUTES, 'Redis uses more than 85 % of its memory'),
    ),
    above(
      'evictions',
      [figure('count', 'RedisEvicted'), 0],
      warning(ONCE, 'Redis drops keys for want of memory'),
    ),
    above(
      'incomplete-purges',
      [figure('count', 'PurgesIncomplete'), 0],
      page(ONCE, 'A purge did not reach Redis'),
    ),
    above(
      'invalidation-failures',
      [figure('count', 'InvalidationsDead'), 0],
      page(ONCE, 'A CDN was not told of a purge'),
    ),
  ];
}

function jobRules(): readonly AlertRule[] {
  return [
    above(
      'queue-length',
      [figure('highest', 'JobsWaiting'), 1_000],
      warning(LASTING, 'More than 1,000 jobs of one type wait'),
    ),
    above(
      'oldest-job',
      [figure('highest', 'JobsOldest'), 300],
      page(SOON, 'A job has waited for more than five minutes'),
    ),
    above('failed-jobs', [share('JobsDead', 'JobsEnded'), 5], {
      ...warning(SLOWLY, 'More than 5 % of jobs are given up'),
      minimumSamples: 20,
    }),
    above(
      'dead-letters',
      [figure('highest', 'DeadLetters'), 0],
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
      [figure('highest', 'SlowQueries'), 0],
      warning(SOON, 'A statement runs for longer than 1,000 ms'),
    ),
    above(
      'pool-use',
      [figure('highest', 'PoolUsed'), 80],
      warning(THREE_MINUTES, 'More than 80 % of the database’s connections are in use'),
    ),
    above(
      'outbox-lag',
      [figure('highest', 'OutboxLag'), 60],
      page(SOON, 'A change of the database has waited for more than a minute to be purged'),
    ),
  ];
}
