/**
 * EventBridge Scheduler's one-time schedules: kept until their second comes, then done once and removed. They do not outlive
 * the process; whoever looks after the rows of the jobs sends what was lost with them.
 *
 * Units   instants epoch ms
 * Errors  none here: what the target says goes to the log
 */

import type { Clock } from '../../../../shared/primitives/clock.ts';

export interface OneTime {
  readonly group: string;
  readonly name: string;
  readonly at: number;
  readonly fire: () => Promise<void>;
}

export interface Schedules {
  /** False when there is one of this name. */
  add(schedule: OneTime): boolean;
  /** False when there is none. */
  remove(group: string, name: string): boolean;
  stop(): void;
}

export interface SchedulesDeps {
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** A timer can wait no longer; what is further away is looked at again then. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export function createSchedules({ clock, log }: SchedulesDeps): Schedules {
  const timers = new Map<string, NodeJS.Timeout>();
  const keyOf = (group: string, name: string) => `${group}/${name}`;

  function wait(key: string, schedule: OneTime): void {
    const leftMs = schedule.at - clock();
    const timer = setTimeout(
      () => {
        if (schedule.at > clock()) return wait(key, schedule);
        timers.delete(key);
        schedule
          .fire()
          .catch(error => log(`The schedule ${schedule.name} could not be carried out: ${error}`));
      },
      Math.min(LONGEST_TIMER_MS, Math.max(0, leftMs)),
    );
    timers.set(key, timer.unref());
  }

  return {
    add(schedule) {
      const key = keyOf(schedule.group, schedule.name);
      if (timers.has(key)) return false;
      wait(key, schedule);
      return true;
    },
    remove(group, name) {
      const key = keyOf(group, name);
      clearTimeout(timers.get(key));
      return timers.delete(key);
    },
    stop() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
