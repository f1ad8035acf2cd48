/**
 * Tells of an alarm by jobs, one for each target whose severity it is: the same event is the same job, however often it is told.
 *
 * Shape   event -> whether every job was taken
 * Errors  none (total)
 */

import type { PayloadOf } from '../../shared/jobs/catalogue.ts';
import type { Jobs } from '../../shared/jobs/jobs.ts';
import { alertMessage } from '../../shared/monitoring/alerts/message.ts';
import { SEVERITIES, type Severity } from '../../shared/monitoring/alerts/rule.ts';
import { type AlertEvent, eventKey } from '../../shared/monitoring/alerts/transitions.ts';

export interface NotifyRoute {
  /** This and what is more urgent. */
  readonly from: Severity;
  readonly channel: PayloadOf<'notifications'>['channel'];
  /** The name of one of NOTIFY_TARGETS. */
  readonly to: string;
}

/** Above whatever else is to be told. */
const PRIORITY = 9;

export function createTellByJob(
  jobs: Pick<Jobs, 'enqueue'>,
  routes: readonly NotifyRoute[],
  runbook: string,
) {
  return async (event: AlertEvent): Promise<boolean> => {
    const message = alertMessage(event, runbook);
    const rank = SEVERITIES.indexOf(message.alert.severity);
    const taken = await Promise.all(
      routes
        .filter(({ from }) => rank >= SEVERITIES.indexOf(from))
        .map(({ channel, to }) =>
          jobs.enqueue(
            'notifications',
            { channel, to, ...message },
            { idempotencyKey: `${eventKey(event)}-${to}`, priority: PRIORITY },
          ),
        ),
    );
    // What is refused for what it says would be refused for ever.
    return taken.every(one => one.kind !== 'refused' || one.code !== 'JOB_STORE_UNAVAILABLE');
  };
}

/** NOTIFY_ROUTES: `warning chat ops-slack; page pager oncall`. */
export function readRoutes(text: string | undefined): readonly NotifyRoute[] {
  const entries = (text ?? '').split(';').map(entry => entry.trim());
  return entries.filter(Boolean).map(entry => {
    const [from = '', channel = '', to = '', ...rest] = entry.split(/\s+/);
    if (!SEVERITIES.includes(from as Severity) || !CHANNELS.includes(channel) || !to || rest.length > 0)
      throw new Error(
        `NOTIFY_ROUTES: '${entry}' must be a severity, a channel (${CHANNELS.join(', ')}) and a target's name`,
      );
    return { from, channel, to } as NotifyRoute;
  });
}

const CHANNELS: readonly string[] = [
  'email',
  'sms',
  'webhook',
  'chat',
  'pager',
] satisfies NotifyRoute['channel'][];
