/**
 * Purges tags as an application does that must be sure: again, while the edge says that Redis could not be reached.
 *
 * Shape   token -> (wire, tags) -> whether it was answered for
 * Units   milliseconds
 */

import { setTimeout as wait } from 'node:timers/promises';
import type { Wire } from './wire.ts';

const MOST_ATTEMPTS = 40;
const PAUSE_MS = 250;

export function createPurge(token: string) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return async (wire: Wire, tags: readonly string[]): Promise<boolean> => {
    const body = JSON.stringify({ tags });
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      const { status } = await wire.ask({ method: 'POST', path: '/api/admin/cache/purge', headers, body });
      if (status !== 503) return status === 202;
      await wait(PAUSE_MS);
    }
    return false;
  };
}
