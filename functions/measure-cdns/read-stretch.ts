/**
 * The stretch of time that is asked for, in whole hours: vendors count by the hour.
 *
 * Shape   event -> { fromAt, toAt }
 * Units   epoch ms
 * Errors  RangeError for anything else, and for more than 31 days
 */

import type { Stretch } from '../../shared/cdn/analytics/cdn-use.ts';

const HOUR_MS = 60 * 60 * 1_000;
const LONGEST_MS = 31 * 24 * HOUR_MS;

export function readStretch(event: unknown): Stretch {
  const { fromAt, toAt } = Object(event) as Readonly<Record<string, unknown>>;
  if (!isHour(fromAt) || !isHour(toAt) || fromAt >= toAt || toAt - fromAt > LONGEST_MS)
    throw new RangeError(`fromAt and toAt must be whole hours, at most 31 days apart: ${fromAt}, ${toAt}`);
  return { fromAt, toAt };
}

function isHour(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value % HOUR_MS === 0;
}
