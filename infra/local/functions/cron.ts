/**
 * A cron entry on this machine: calls tend-jobs when the entry is due, with what EventBridge would hand over.
 *
 * Units   instants epoch ms
 * Errors  a run that fails is not tried again here; EventBridge would try for a day
 */

import type { Clock } from '../../../shared/primitives/clock.ts';
import type { CronSpec } from '../../specs.ts';
import { nextDueAt } from './cron-time.ts';
import type { Lambda } from './lambda.ts';
import type { Stoppable } from './queue-poller.ts';

export interface CronOptions {
  readonly name: string;
  readonly spec: CronSpec;
  readonly target: Pick<Lambda, 'invoke'>;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** A timer can wait no longer; then it is looked at again. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export function startCron({ name, spec, target, clock, log }: CronOptions): Stoppable {
  let timer: NodeJS.Timeout | undefined;

  function wait(dueAt: number | undefined): void {
    if (dueAt === undefined) return;
    const leftMs = dueAt - clock();
    timer = setTimeout(
      () => (clock() < dueAt ? wait(dueAt) : void run(dueAt)),
      Math.min(LONGEST_TIMER_MS, Math.max(0, leftMs)),
    );
  }

  async function run(dueAt: number): Promise<void> {
    wait(nextDueAt(spec.cron, dueAt));
    const at = new Date(dueAt).toISOString().replace(/\.\d+Z$/, 'Z');
    const event = { cron: name, at, type: spec.type, payload: spec.payload };
    await target
      .invoke(JSON.stringify(event))
      .catch(error => log(`The cron entry ${name} could not be enqueued: ${error}`));
  }

  wait(nextDueAt(spec.cron, clock()));
  return {
    async stop() {
      clearTimeout(timer);
    },
  };
}
