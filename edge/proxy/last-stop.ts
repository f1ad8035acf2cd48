/**
 * Answers an OPTIONS or TRACE request that is to go no further than here: what is allowed, or what has arrived.
 *
 * Of TRACE, what has arrived goes back without what may be secret: a page's script must not learn by it what it cannot read.
 *
 * Errors  none
 * Source  RFC 9110 §7.6.2, §9.3.7, §9.3.8
 */

import { type CacheStatus, formatCacheStatus } from '../../shared/http/cache-status.ts';
import { encodedResponse } from '../adapters/encoded-response.ts';
import { noteAnswer } from './account.ts';
import type { Exchange } from './exchange.ts';

export function answerAsLast(exchange: Exchange): Response {
  noteAnswer(exchange.account, STATUS);
  const told = ['cache-status', formatCacheStatus(STATUS)] as const;
  if (exchange.method === 'OPTIONS') return encodedResponse(204, [['allow', ALLOWED], told], null);
  const body = new Uint8Array(new TextEncoder().encode(arrivedAs(exchange)));
  return encodedResponse(200, [['content-type', 'message/http'], ['cache-control', 'no-store'], told], body);
}

const STATUS = { hit: false, forwarded: 'method', detail: 'max-forwards' } as const satisfies CacheStatus;

/** All that is forwarded; what the origin allows it alone can tell. */
const ALLOWED = 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, TRACE';

function arrivedAs({ method, target, fields }: Exchange): string {
  const lines = fields.filter(([name]) => !SECRET.has(name)).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${target} HTTP/1.1\r\n${lines.join('')}\r\n`;
}

const SECRET: ReadonlySet<string> = new Set(['authorization', 'cookie', 'proxy-authorization']);
