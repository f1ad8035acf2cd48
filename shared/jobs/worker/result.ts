/**
 * What a task returned, as text for its row. A result that cannot be kept is a fault of the task, and trying again would do
 * everything twice to end the same way.
 *
 * Shape   value -> succeeded, or dead when it is too large or no JSON
 * Errors  none (total)
 */

import type { Outcome } from '../job-store.ts';
import { INLINE_BYTES } from '../payload-store.ts';

export function formatResult(value: unknown): Outcome {
  if (value === undefined) return { kind: 'succeeded' };
  const json = stringify(value);
  if (json === undefined) return dead('JOB_RESULT_INVALID', 'The task returned what JSON cannot say.');
  const size = new TextEncoder().encode(json).byteLength;
  if (size > INLINE_BYTES)
    return dead('JOB_RESULT_TOO_LARGE', `A result may have ${INLINE_BYTES} bytes; this one has ${size}.`);
  return { kind: 'succeeded', result: json };
}

function dead(code: string, message: string): Outcome {
  return { kind: 'dead', error: { code, message } };
}

function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}
