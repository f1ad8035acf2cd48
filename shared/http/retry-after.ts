/**
 * How long a server asks to be left alone.
 *
 * Shape   '120' | 'Fri, 31 Dec 2027 23:59:59 GMT', now -> ms from now, never below 0
 * Errors  undefined for a field that is absent or means nothing
 * Source  RFC 9110 §10.2.3
 */

import { parseHttpDate } from './http-date.ts';

export function parseRetryAfterMs(field: string | null, now: number): number | undefined {
  const text = field?.trim();
  if (!text) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const at = parseHttpDate(text, now);
  return at === undefined ? undefined : Math.max(0, at - now);
}
