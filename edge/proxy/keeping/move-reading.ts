/**
 * A reading that came before a load, taken over to another lookup: what is written there has to survive the purges since
 * that first reading, and has to join the variants that are already there.
 *
 * Errors  none
 * Cost    one Redis trip, off the response path
 */

import type { Lookup } from '../../../shared/cache/entry.ts';
import type { CacheReading, Levels } from '../../../shared/cache/levels.ts';
import type { Stored } from '../stored.ts';

export async function moveReading(
  before: CacheReading<Stored>,
  lookup: Lookup,
  cache: Pick<Levels<Stored>, 'look'>,
): Promise<CacheReading<Stored>> {
  const there = await cache.look(lookup);
  const near = { ...there.near, ticket: before.near.ticket };
  const ticket = before.far?.ticket ?? before.found?.entry.ticket;
  // Where only memory answered, its forks are all that is known: `deadAt: 0` says so.
  const far = there.far ?? { ...there.near, forks: { ...there.near.forks, deadAt: 0 } };
  return { lookup, found: undefined, near, far: ticket && { ...far, ticket } };
}
