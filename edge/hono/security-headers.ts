/**
 * Security headers where the handlers set none of their own; no Content-Security-Policy or Strict-Transport-Security unless
 * asked for.
 */

import type { MiddlewareHandler } from 'hono';
import { fieldsOf } from '../../shared/http/fields.ts';
import { addSecurityHeaders, type SecurityHeaders } from '../../shared/http/security-headers.ts';

export function securityHeaders(options: SecurityHeaders = {}): MiddlewareHandler {
  return async function securityHeaders(c, next) {
    await next();
    const fields = fieldsOf(c.res.headers);
    const all = addSecurityHeaders(fields, options, c.req.url.startsWith('https:'));
    for (const [name, value] of all.slice(fields.length)) c.res.headers.set(name, value);
  };
}
