/**
 * The routes of alarms: which are true now, and that they wait.
 */

import { lazy } from '../primitives/lazy.ts';
import { ALERTS, QUIET_BODY, QUIET_DONE } from './alerts.ts';
import type { RouteTable } from './route.ts';

export const ALERT_ROUTES = lazy(
  () =>
    ({
      'GET /api/performance/alerts': {
        id: 'getAlerts',
        group: 'Performance',
        summary: 'Every alarm, and whether it is true now',
        details:
          'Decided from the figures of the last hour by the rules that CloudWatch’s alarms are drawn of; minutes that are over count.',
        access: 'token',
        answers: { 200: { says: 'The alarms.', body: ALERTS } },
      },
      'POST /api/admin/alerts/quiet': {
        id: 'keepAlertsQuiet',
        group: 'Performance',
        summary: 'Somebody deploys: what a cold cache explains is told to nobody for a quarter of an hour',
        details:
          'A purge of everything does the same by itself. Alarms of errors and of latency do not wait.',
        access: 'token',
        body: QUIET_BODY,
        answers: { 200: { says: 'They wait until `quietUntil`.', body: QUIET_DONE } },
        problems: [{ status: 400, code: 'ALERTS_INVALID', says: 'The body is not as described.' }],
      },
    }) as const satisfies RouteTable,
);
