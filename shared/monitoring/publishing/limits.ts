/**
 * What CloudWatch takes in one call and sees in one alarm, and how many series are written: each is a metric that is paid for.
 *
 * Source  CloudWatch API Reference, PutMetricData; CloudWatch quotas
 */

/** Its value is the number of the batch that it came with. */
export const MARKER = 'PublishedBatch';

/** Further routes are published as `other`. */
export const MOST_ROUTES_PUBLISHED = 12;
export const STATUSES_PUBLISHED = ['2xx', '3xx', '4xx', '5xx', 'other'] as const;

export const MOST_METRICS_A_CALL = 1_000;
export const MOST_VALUES_A_METRIC = 150;
export const LARGEST_CALL_BYTES = 1_048_576;

/** The period of an alarm times how many it looks at. */
export const LONGEST_ALARM_MS = 86_400_000;
