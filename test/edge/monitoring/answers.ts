/**
 * Answered requests, as the proxy tells of them.
 */

import type { Answered, Asking } from '../../../edge/proxy/answered.ts';

export const HIT: Answered = {
  startedAt: 1_800_000_000_000,
  totalMs: 1,
  lookupMs: 0,
  originMs: undefined,
  route: '/products/:id',
  method: 'GET',
  status: 200,
  outcome: 'hit',
  level: 'L1',
  bodyBytes: 1_000,
};

export function asking(
  url = 'http://shop.example/products/7?q=secret',
  headers: Record<string, string> = {},
): Asking {
  return { request: new Request(url, { headers }), url: new URL(url), waitUntil: () => {} };
}
