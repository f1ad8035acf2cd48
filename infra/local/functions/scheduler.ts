/**
 * EventBridge's rate rules on this machine: calls a function again and again with the event a rule would send.
 *
 * Units   seconds, as in the topology
 * Errors  a run that fails is not tried again here, the next period is; EventBridge would try twice more
 * Source  EventBridge User Guide, "Creating a rule that runs on a schedule"; "Scheduled Event"
 */

import { randomUUID } from 'node:crypto';
import type { ScheduledEvent } from 'aws-lambda';
import type { Clock } from '../../../shared/primitives/clock.ts';
import type { Lambda } from './lambda.ts';
import type { Stoppable } from './queue-poller.ts';

export interface SchedulerOptions {
  readonly name: string;
  readonly everySeconds: number;
  readonly region: string;
  readonly target: Pick<Lambda, 'invoke'>;
  readonly clock: Clock;
  readonly log: (line: string) => void;
}

/** The first run comes after one period, as a new rule's does. */
export function startScheduler({
  name,
  everySeconds,
  region,
  target,
  clock,
  log,
}: SchedulerOptions): Stoppable {
  let [running, isDue, stopped] = [false, false, false];
  async function run(): Promise<void> {
    // One process a function: what falls due meanwhile follows at once, and once, or it would pile up behind itself.
    isDue = true;
    if (running) return;
    running = true;
    while (isDue && !stopped) {
      isDue = false;
      const event = formatScheduledEvent({ id: randomUUID(), now: clock(), rule: name, region });
      await target
        .invoke(JSON.stringify(event))
        .catch(error => log(`The schedule of ${name} could not run it: ${error}`));
    }
    running = false;
  }
  const timer = setInterval(run, everySeconds * 1000);
  return {
    async stop() {
      stopped = true;
      clearInterval(timer);
    },
  };
}

export interface ScheduledRun {
  readonly id: string;
  readonly now: number;
  readonly rule: string;
  readonly region: string;
}

export function formatScheduledEvent({
  id,
  now,
  rule,
  region,
}: ScheduledRun): ScheduledEvent<Record<string, never>> {
  return {
    version: '0',
    id,
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: '000000000000',
    // EventBridge gives whole seconds.
    time: new Date(now).toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [`arn:aws:events:${region}:000000000000:rule/${rule}`],
    detail: {},
  };
}
