/**
 * A call to Redis on behalf of one operation: over after the deadline, however many trips it takes, and told to the listener
 * when it fails. Redis in trouble costs what Redis would have given, and nothing else.
 *
 * Shape   work -> { ok, result } | { ok: false, error }
 * Errors  none
 */

import { withDeadline } from '../redis/deadline.ts';
import type { ApplicationListener } from './application-events.ts';
import type { LevelOperation } from './events.ts';

export type Attempted<Result> =
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly error: unknown };

export type Attempt = <Result>(
  operation: LevelOperation,
  work: () => Promise<Result>,
) => Promise<Attempted<Result>>;

export function createAttempt(onEvent: ApplicationListener, deadlineMs: number): Attempt {
  return async (operation, work) => {
    try {
      return { ok: true, result: await withDeadline({ deadlineMs }, work) };
    } catch (error) {
      onEvent({ kind: 'level-failed', operation, error });
      return { ok: false, error };
    }
  };
}
