/**
 * Stops asking what keeps failing: after 5 failures among the last 20 calls it opens, and after 5 to 10 seconds it lets
 * one call through to find out.
 *
 * Shape   closed (recent outcomes) | open (until) | half-open (one trial under way)
 * Errors  none; a call that may not be made is told so before it is made
 * Cost    memory of one isolate; no timers
 */

import type { Clock } from '../primitives/clock.ts';

export interface Breaker {
  /** True when a call may be made now; what comes of it is then reported by `record`, unless it says nothing. */
  permit(): boolean;
  record(outcome: 'success' | 'failure'): void;
  state(): State['kind'];
}

export interface BreakerOptions {
  /** Failures among the last `window` calls that open it. @default 5 */
  readonly failures?: number;
  /** @default 20 */
  readonly window?: number;
  /** Shortest time it stays open; as much again at most is added by chance, so that isolates do not return together. @default 5000 */
  readonly openMs?: number;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
}

type State =
  | { readonly kind: 'closed'; readonly recent: readonly boolean[] }
  | { readonly kind: 'open'; readonly since: number; readonly forMs: number }
  | { readonly kind: 'half-open'; readonly since: number; readonly forMs: number };

export const BREAKER_DEFAULTS = { failures: 5, window: 20, openMs: 5_000 } as const;

export function createBreaker(options: BreakerOptions): Breaker {
  const { failures, window, openMs, clock, random } = { ...BREAKER_DEFAULTS, ...options };
  let state: State = { kind: 'closed', recent: [] };

  const opened = (): State => ({ kind: 'open', since: clock(), forMs: openMs * (1 + random()) });

  function count(recent: readonly boolean[], failed: boolean): State {
    const last = [...recent, failed].slice(-window);
    return last.filter(Boolean).length >= failures ? opened() : { kind: 'closed', recent: last };
  }

  return {
    permit() {
      if (state.kind === 'closed') return true;
      const passedMs = clock() - state.since;
      // Less than nothing has passed when the clock was set back: it may stay so for long.
      if (passedMs >= 0 && passedMs < state.forMs) return false;
      state = { kind: 'half-open', since: clock(), forMs: openMs };
      return true;
    },
    record(outcome) {
      if (state.kind === 'closed') state = count(state.recent, outcome === 'failure');
      else if (state.kind === 'half-open') {
        state = outcome === 'success' ? { kind: 'closed', recent: [] } : opened();
      }
    },
    state: () => state.kind,
  };
}
