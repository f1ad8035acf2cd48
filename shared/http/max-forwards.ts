/**
 * How many more proxies an OPTIONS or TRACE request may go through: one less after each, and where none is left the request
 * is answered instead of forwarded. Other methods have no such limit.
 *
 * Shape   method + fields -> 'last' | the number to forward | undefined where the request sets no limit
 * Errors  none (total); a limit that is no number is none
 * Source  RFC 9110 §7.6.2
 */

import { type Fields, fieldValue } from './fields.ts';

export function forwardsLeft(method: string, fields: Fields): 'last' | number | undefined {
  if (method !== 'OPTIONS' && method !== 'TRACE') return undefined;
  const value = fieldValue(fields, 'max-forwards')?.trim();
  if (value === undefined || !/^\d+$/.test(value)) return undefined;
  const limit = Number(value);
  return limit === 0 ? 'last' : Math.min(limit, MOST) - 1;
}

/** "The recipient's maximum supported value": no chain of proxies is longer. */
const MOST = 256;
