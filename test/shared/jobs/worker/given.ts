/**
 * What the worker's tests give their jobs, and the engine they run in on a clock that stands still.
 */

import { afterEach, beforeEach, vi } from 'vitest';
import type { TaskContext, Tasks } from '../../../../shared/jobs/worker/task.ts';
import { createTestEngine, type TestEngineOptions } from '../engine.ts';

export const report = { report: 'sales', format: 'csv' } as const;
export const note = (text: string) => ({ channel: 'email', to: 'a@example.com', text }) as const;
export const normal = (type: 'reports' | 'notifications') => ({ type, lane: 'normal' }) as const;

export function stopTheClock(): void {
  beforeEach(() => {
    vi.useFakeTimers({ now: 1_800_000_000_000 });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}

export const open = (tasks: Tasks, options: Partial<TestEngineOptions> = {}) =>
  createTestEngine({ clock: Date.now, tasks, random: () => 0.5, ...options });

/** Until the task's signal aborts; then it fails as an aborted fetch does. */
export const untilAborted = ({ signal }: Pick<TaskContext, 'signal'>) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
