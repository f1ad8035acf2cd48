import { monitorEventLoopDelay } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { evaluateAlerts } from '../../../shared/monitoring/alerts/evaluate.ts';
import { ALERT_RULES } from '../../../shared/monitoring/alerts/rules.ts';
import { createMonitoring } from '../../../shared/monitoring/application.ts';
import { createRedisMetricsStore } from '../../../shared/monitoring/redis-metrics-store.ts';
import { watchProcess } from '../../../shared/monitoring/watch-process.ts';
import { KNOWN_METRICS } from '../../../shared/monitoring/watched.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { createEngineRedis } from '../../fakes/engine-redis.ts';

const GIB = 2 ** 30;

function recorded() {
  const seen = new Map<string, number>();
  const gauge = (name: string) => ({ set: (value: number) => void seen.set(name, value) });
  return { seen, monitoring: { gauge } };
}

test('a process tells what it uses of what it may have, since it was last asked', () => {
  const { seen, monitoring } = recorded();
  const clock = createTestClock(0);
  const used = { user: 0, system: 0, rss: GIB / 2 };
  const usage = { cpuUsage: () => used, memoryUsage: () => used };
  const { measure } = watchProcess(
    { monitoring, usage, clock },
    { name: 'web', memoryBytes: GIB, processors: 2 },
  );
  clock.advance(10_000);
  used.user = 4_000_000;
  used.system = 1_000_000;
  measure();
  expect(Object.fromEntries(seen)).toEqual({ process_cpu_ratio: 0.25, process_memory_ratio: 0.5 });
  measure();
  expect(seen.get('process_cpu_ratio')).toBe(0.25);
  clock.advance(10_000);
  measure();
  expect(seen.get('process_cpu_ratio')).toBe(0);
});

test('Node’s own say what they are asked', () => {
  const { seen, monitoring } = recorded();
  const eventLoop = monitorEventLoopDelay();
  eventLoop.enable();
  const { measure } = watchProcess(
    { monitoring, usage: process, eventLoop, clock: () => performance.now() },
    { name: 'web', memoryBytes: 64 * GIB },
  );
  measure();
  eventLoop.disable();
  expect([...seen.keys()].every(name => name in KNOWN_METRICS)).toBe(true);
  expect(seen.get('process_memory_ratio')).toBeGreaterThan(0);
  expect(seen.get('process_event_loop_delay_seconds')).toBeGreaterThanOrEqual(0);
});

test('what it tells by way of Redis is what the alarms look at', async () => {
  const clock = createTestClock(1_800_000_000_000);
  const redis = await createEngineRedis(clock);
  const monitoring = createMonitoring({ redis, clock });
  const full = { cpuUsage: () => ({ user: 0, system: 0 }), memoryUsage: () => ({ rss: 0.95 * GIB }) };
  watchProcess({ monitoring, usage: full, clock }, { name: 'web', memoryBytes: GIB }).measure();
  await monitoring.flush();
  const at = clock();
  const span = { stepMs: 60_000, startsAt: [at], fromAt: at, toAt: at + 60_000 };
  const [samples] = await createRedisMetricsStore({ redis, clock }, 'headrace').read(span);
  const verdicts = evaluateAlerts(ALERT_RULES(), [{ at, samples: samples ?? new Map() }]);
  expect(verdicts.find(({ id }) => id === 'memory-severe')).toMatchObject({ state: 'firing', value: 95 });
});

test.each([
  [{ memoryBytes: 0 }, 'memoryBytes'],
  [{ memoryBytes: GIB, processors: 0 }, 'processors'],
])('%o is refused', (limits, name) => {
  const { monitoring } = recorded();
  expect(() =>
    watchProcess({ monitoring, usage: process, clock: () => 0 }, { name: 'web', ...limits }),
  ).toThrow(name);
});
