/**
 * What the platform itself vouches for about the client. Plain workerd tells the peer's address in `cf`, Cloudflare in a
 * header that it overwrites; on workerd that header would be the client's own claim, so `cf` is asked first.
 *
 * Errors  undefined when nobody vouches
 */

import { type Fields, hasField } from '../../shared/http/fields.ts';
import type { PlatformRequest } from '../platform.ts';

export function clientAddress(request: Request): string | undefined {
  const peer = (request as PlatformRequest).cf?.clientIp;
  if (typeof peer === 'string') return peer.replace(/:\d+$/, '').replace(/^\[(.*)\]$/, '$1');
  return request.headers.get('cf-connecting-ip') ?? undefined;
}

/**
 * Cloudflare rewrites Accept-Encoding before a Worker sees it, and tells the client's own here. It also adds header fields
 * of its own (`wrangler dev` one of them): without those nothing is rewritten, and `cf` need not be parsed.
 */
export function clientAcceptEncoding(request: Request, fields: Fields): string | undefined {
  if (!hasField(fields, 'cf-ray') && !hasField(fields, 'cf-connecting-ip')) return undefined;
  const own = (request as PlatformRequest).cf?.clientAcceptEncoding;
  return typeof own === 'string' && own !== '' ? own : undefined;
}
