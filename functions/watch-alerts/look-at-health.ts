/**
 * How many health checks of the edge fail, asked from outside: an edge that is silent, or says nothing that can be read, fails
 * at least one.
 *
 * Units   ms
 * Errors  none (total)
 * Cost    one request
 */

import { HEALTH } from '../../shared/api/health.ts';

export interface HealthPlace {
  readonly edgeUrl: string;
  /** HEADRACE_BASE of the edge. */
  readonly base: string;
}

const TIMEOUT_MS = 5_000;

export async function lookAtHealth(
  fetch: (url: string, init: RequestInit) => Promise<Response>,
  { edgeUrl, base }: HealthPlace,
): Promise<number> {
  try {
    const url = `${edgeUrl}${base}/api/performance/health`;
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' });
    const read = HEALTH().safeParse(await response.json());
    if (!read.success) return 1;
    const failed = Object.values(read.data.checks).filter(({ status }) => status === 'degraded').length;
    return Math.max(failed, response.ok ? 0 : 1);
  } catch {
    return 1;
  }
}
