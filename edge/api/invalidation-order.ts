/**
 * A purge as an order to CDNs: what it names, in whole addresses.
 *
 * Shape   PurgeOrder, URL of the request -> the payload of a job of the type `invalidation`
 * Errors  none: the order was checked
 */

import type { InvalidationOrder } from '../../shared/cdn/order.ts';
import type { CdnOptions, PurgeOrder } from './purge-order.ts';

export function invalidationOrderOf(
  order: PurgeOrder,
  { cdns, wait }: CdnOptions,
  requestUrl: string,
): InvalidationOrder {
  return {
    ...namedBy(order, new URL(requestUrl).origin),
    mode: order.soft ? 'soft' : 'hard',
    ...(cdns && { cdns }),
    ...(wait && { wait }),
  };
}

/** Paths are on the host that was asked; put together as text: resolved as a link is, `/\host` would lead elsewhere. */
function namedBy({ selector, items }: PurgeOrder, origin: string): InvalidationOrder {
  switch (selector) {
    case 'urls':
    case 'prefixes':
      return { [selector]: items.map(item => new URL(item.startsWith('/') ? origin + item : item).href) };
    case 'patterns':
      return { patterns: items.map(item => (item.startsWith('/') ? origin + item : item)) };
    case 'tags':
      return { tags: items };
    case 'hosts':
      return { hosts: items };
    case 'everything':
      return { everything: true };
  }
}
