/**
 * The name that a client gave its request, to find it again in logs: echoed to it, and never anything that could be more
 * than a name.
 *
 * Shape   fields -> X-Request-Id, or undefined when there is none or it is none
 * Errors  none (total)
 */

import type { Fields } from './fields.ts';

export const REQUEST_ID_FIELD = 'x-request-id';

export function requestIdOf(fields: Fields): string | undefined {
  const field = fields.find(([name]) => name === REQUEST_ID_FIELD);
  return field && parseRequestId(field[1]);
}

export function parseRequestId(text: string | null): string | undefined {
  return text !== null && /^[A-Za-z0-9._:-]{1,128}$/.test(text) ? text : undefined;
}
