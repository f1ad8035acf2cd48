/**
 * What the routes of alarms take and answer.
 *
 * Units   instants epoch ms; values and thresholds in `unit`
 */

import * as z from 'zod/mini';
import { lazy } from '../primitives/lazy.ts';

export const ALERTS = lazy(() =>
  z.object({
    at: z.int(),
    counts: z
      .enum(['all-isolates', 'this-isolate'])
      .check(z.describe('Whose figures: `this-isolate` where Redis is absent or does not answer.')),
    reason: z.nullable(z.string()).check(z.describe('Why it is this isolate alone.')),
    isQuiet: z
      .boolean()
      .check(z.describe('Somebody deployed, or purged everything, within the last quarter of an hour.')),
    firing: z.int().check(z.describe('How many alarms are true.')),
    alerts: z.array(alert()).check(z.describe('Those that are true first, the most urgent of them first.')),
  }),
);

export const QUIET_BODY = lazy(() =>
  z.strictObject({
    reason: z
      ._default(z.literal('deployment', "must be 'deployment'"), 'deployment')
      .check(z.describe('What explains the next quarter of an hour.')),
  }),
);

export const QUIET_DONE = lazy(() => z.object({ quietUntil: z.int() }));

export type Alerts = z.output<ReturnType<typeof ALERTS>>;
export type Alert = Alerts['alerts'][number];
export type QuietDone = z.output<ReturnType<typeof QUIET_DONE>>;

function alert() {
  return z.object({
    id: z.string(),
    says: z.string().check(z.describe('What is wrong when it is true.')),
    severity: z.enum(['info', 'warning', 'page']),
    state: z
      .enum(['firing', 'quiet', 'ok', 'unmeasured'])
      .check(
        z.describe(
          '`quiet`: true, and explained by a deployment or a purge. `unmeasured`: too little was counted.',
        ),
      ),
    value: z.nullable(z.number()).check(z.describe('Of the latest period that had enough.')),
    operator: z.enum(['>', '<']),
    threshold: z.number(),
    unit: z.enum(['ms', 'percent', 's', 'count', 'times']),
    since: z.nullable(z.int()).check(z.describe('When the first of the periods looked at was wrong.')),
  });
}
