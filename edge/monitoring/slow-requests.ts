/**
 * Keeps the slow ones among the requests until they are taken to where all isolates' are: the latest few, without query.
 *
 * Shape   -> SlowRequest as JSON
 * Errors  none
 * Cost    a comparison for each request; memory for ten of them
 */

import type { SlowRequest } from '../../shared/api/performance.ts';
import type { Answered, Asking } from '../proxy/answered.ts';
import { LONGEST_PATH, requestIdIn } from './log-requests.ts';
import type { Traces } from './traces.ts';

export interface SlowRequests {
  note(answered: Answered, asking: Asking): void;
  /** Since the last time, the latest last. */
  take(): readonly string[];
}

const MOST = 10;

export function createSlowRequests(traces: Traces, slowMs: number): SlowRequests {
  let noted: string[] = [];
  return {
    note(answered, asking) {
      if (answered.totalMs < slowMs) return;
      noted.push(JSON.stringify(describe(answered, asking, traces)));
      if (noted.length > MOST) noted.shift();
    },
    take() {
      const taken = noted;
      noted = [];
      return taken;
    },
  };
}

/** What another version has written, or somebody else, is left out. */
export function parseSlowRequest(text: string): SlowRequest | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return isSlowRequest(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

function describe(answered: Answered, asking: Asking, traces: Traces): SlowRequest {
  const { startedAt, method, route, status, outcome, totalMs, originMs } = answered;
  return {
    at: startedAt,
    method: method.slice(0, 32),
    path: asking.url.pathname.slice(0, LONGEST_PATH),
    route: route ?? 'other',
    status,
    outcome,
    totalMs,
    originMs: originMs ?? null,
    requestId: requestIdIn(asking, traces),
  };
}

function isSlowRequest(value: unknown): value is SlowRequest {
  if (typeof value !== 'object' || value === null) return false;
  const { at, totalMs, status, ...rest } = value as Record<string, unknown>;
  const numbers = [at, totalMs, status].every(number => typeof number === 'number');
  return (
    numbers &&
    ['method', 'path', 'route', 'outcome', 'requestId'].every(name => typeof rest[name] === 'string')
  );
}
