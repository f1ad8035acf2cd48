/**
 * How busy, how full and how late a process of an application is, as gauges beside everything else that it counts: what the
 * alarms of processor, memory and event loop look at.
 *
 * What the runtime gives is passed in, as Node has it:
 * `watchProcess({ monitoring, usage: process, eventLoop: monitorEventLoopDelay(), clock: () => performance.now() }, { name: 'web', memoryBytes })`
 *
 * Shape   what a process tells of itself -> measure(), to be called every ten seconds or so
 * Units   bytes, ms; the event loop's delays in nanoseconds, as Node has them
 * Errors  RangeError for a limit that is none
 * Cost    microseconds a call
 */

import type { Monitoring } from './application.ts';

export interface WatchProcessDeps {
  readonly monitoring: Pick<Monitoring, 'gauge'>;
  /** Node's own `process`, or what stands for it. */
  readonly usage: {
    cpuUsage(): { readonly user: number; readonly system: number };
    memoryUsage(): { readonly rss: number };
  };
  /** Enabled already. @default the delay is not told */
  readonly eventLoop?: { percentile(percent: number): number; reset(): void };
  /** Ms that never go back. */
  readonly clock: () => number;
}

export interface WatchProcessOptions {
  /** One of few: each is a series. */
  readonly name: string;
  /** What it may have, such as its container's limit. */
  readonly memoryBytes: number;
  /** @default 1 */
  readonly processors?: number;
}

export function watchProcess(
  { monitoring, usage, eventLoop, clock }: WatchProcessDeps,
  { name, memoryBytes, processors = 1 }: WatchProcessOptions,
): { measure(): void } {
  if (!(memoryBytes > 0)) throw new RangeError(`memoryBytes must be above 0, got ${memoryBytes}`);
  if (!(processors > 0)) throw new RangeError(`processors must be above 0, got ${processors}`);
  const gauge = (metric: string) => monitoring.gauge(metric, Object.fromEntries([['process', name]]));
  const [cpu, memory] = [gauge('process_cpu_ratio'), gauge('process_memory_ratio')];
  const delay = eventLoop && gauge('process_event_loop_delay_seconds');
  let last = { at: clock(), busyMs: busyOf(usage.cpuUsage()) };
  return {
    measure() {
      const now = { at: clock(), busyMs: busyOf(usage.cpuUsage()) };
      const passedMs = (now.at - last.at) * processors;
      // Called twice in one moment, it has nothing to say.
      if (passedMs > 0) cpu.set(Math.min(1, (now.busyMs - last.busyMs) / passedMs));
      if (passedMs > 0) last = now;
      memory.set(usage.memoryUsage().rss / memoryBytes);
      if (!eventLoop) return;
      const nanoseconds = eventLoop.percentile(99);
      delay?.set(Number.isFinite(nanoseconds) ? nanoseconds / 1e9 : 0);
      eventLoop.reset();
    },
  };
}

/** Node counts microseconds. */
function busyOf({ user, system }: { readonly user: number; readonly system: number }): number {
  return (user + system) / 1_000;
}
