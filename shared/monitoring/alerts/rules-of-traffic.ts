/**
 * The alarms about what clients are answered, and from where.
 *
 * Units   ms and percent
 */

import {
  type AlertRule,
  above,
  below,
  info,
  LASTING,
  ONCE,
  page,
  type Severity,
  SLOWLY,
  SOON,
  warning,
} from './rule.ts';
import { figure, share } from './signal.ts';

/** In a period: a mean of five answers is no news. */
const ENOUGH = { minimumSamples: 100 } as const;
const FEW = { minimumSamples: 20 } as const;

const MEAN = figure('mean', 'RequestDuration');
const P95 = figure('p95', 'RequestDuration');
const P99 = figure('p99', 'RequestDuration');
const SERVER_ERRORS = share('Errors5xx', 'Requests');
const CLIENT_ERRORS = share('Errors4xx', 'Requests');
const HITS = share('CacheHits', 'CacheDecided');
const MISSES = figure('surge', 'CacheMisses');
const ORIGIN = share('OriginFailures', 'OriginRequests');

/** A cache is cold after much that is no incident. */
const cold = (severity: Severity, says: string) =>
  ({ severity, window: SLOWLY, says, isQuietable: true, ...ENOUGH }) as const;

export function trafficRules(): readonly AlertRule[] {
  return [
    above('response-time', [MEAN, 1_000], {
      ...warning(SOON, 'Answers take more than 1 s on average'),
      ...ENOUGH,
    }),
    above('response-time-severe', [MEAN, 2_000], {
      ...page(SOON, 'Answers take more than 2 s on average'),
      ...ENOUGH,
    }),
    above('p95-latency', [P95, 500], {
      ...warning(SOON, 'One answer in twenty takes more than 500 ms'),
      ...ENOUGH,
    }),
    above('p99-latency', [P99, 2_000], {
      ...warning(LASTING, 'One answer in a hundred takes more than 2 s'),
      ...ENOUGH,
    }),
    above('server-errors', [SERVER_ERRORS, 1], {
      ...warning(LASTING, 'More than 1 % of answers are 5xx'),
      ...ENOUGH,
    }),
    above('server-errors-severe', [SERVER_ERRORS, 5], {
      ...page(SOON, 'More than 5 % of answers are 5xx'),
      ...FEW,
    }),
    above('client-errors', [CLIENT_ERRORS, 5], {
      ...info(LASTING, 'More than 5 % of answers are 4xx'),
      ...ENOUGH,
    }),
    below('hit-ratio', [HITS, 80], cold('info', 'The cache answers less than 80 % of what it may')),
    below('hit-ratio-low', [HITS, 60], cold('warning', 'The cache answers less than 60 % of what it may')),
    below('hit-ratio-severe', [HITS, 50], cold('page', 'The cache answers less than half of what it may')),
    above('miss-surge', [MISSES, 3], {
      ...cold('warning', 'Three times as many misses as in the hour before'),
      window: ONCE,
    }),
    above('origin-failures', [ORIGIN, 5], {
      ...page(SOON, 'More than 5 % of requests to origins fail'),
      ...FEW,
    }),
  ];
}
