/**
 * Asks the origin about bodies that look stale: one whose rendering began before a change and read what came after it is
 * right, and so is one that a change did not alter.
 *
 * Shape   Violation[], ask -> those that stay
 * Cost    one request a page, after all is played
 */

import { createHash } from 'node:crypto';
import type { Violation } from './truth.ts';

export async function settle(
  found: readonly Violation[],
  render: (page: string) => Promise<Uint8Array>,
): Promise<readonly Violation[]> {
  const now = new Map<string, string>();
  for (const page of new Set(found.map(violation => violation.page))) {
    now.set(
      page,
      createHash('sha256')
        .update(await render(page))
        .digest('base64'),
    );
  }
  return found.filter(({ page, hash }) => now.get(page) !== hash);
}
