/**
 * Bounds how long the handlers may take to begin their answer.
 *
 * Units   milliseconds
 * Errors  504 HANDLER_TIMEOUT; the handlers themselves cannot be stopped, their answer is dropped
 */

import type { MiddlewareHandler } from 'hono';
import { problemResponse } from '../problem-response.ts';
import { startDeadline } from '../proxy/origin/deadline.ts';

export function timeout(limitMs: number): MiddlewareHandler {
  return async function timeout(_, next) {
    const deadline = startDeadline(limitMs);
    const late = new Promise<'late'>(resolve => {
      deadline.signal.addEventListener('abort', () => resolve('late'), { once: true });
    });
    const outcome = await Promise.race([next(), late]).finally(deadline.end);
    return outcome === 'late' ? problemResponse(problemOf(limitMs)) : undefined;
  };
}

function problemOf(limitMs: number) {
  const detail = `It took more than ${limitMs} ms.`;
  return { status: 504, code: 'HANDLER_TIMEOUT', title: 'The answer did not come in time', detail };
}
