/**
 * Security headers a route asks for, added where the origin says nothing of its own.
 *
 * The defaults change no page that works: no Content-Security-Policy and no Strict-Transport-Security unless asked for.
 *
 * Shape   response fields + options -> response fields
 * Units   seconds
 * Errors  none (total)
 * Source  Fetch §3.6 (nosniff); RFC 9110 §5.1; RFC 7034; RFC 6797 §6.1, §7.2; Referrer Policy §3; HTML §7.1.3 (opener policy)
 */
import { type Field, type Fields, fieldValue, hasField } from './fields.ts';

export interface SecurityHeaders {
  /** X-Content-Type-Options: nosniff. @default true */
  readonly noSniff?: boolean;
  /** X-Frame-Options. @default 'SAMEORIGIN' */
  readonly frameOptions?: 'DENY' | 'SAMEORIGIN' | false;
  /** @default 'strict-origin-when-cross-origin' */
  readonly referrerPolicy?: string | false;
  /** Cross-Origin-Opener-Policy. @default false */
  readonly openerPolicy?: string | false;
  /** @default false */
  readonly permissionsPolicy?: string | false;
  /** @default false */
  readonly contentSecurityPolicy?: string | false;
  /** Sent over https only. @default false */
  readonly transportSecurity?: TransportSecurity | false;
}

export interface TransportSecurity {
  readonly maxAgeSeconds: number;
  /** @default false */
  readonly includeSubDomains?: boolean;
  /** @default false */
  readonly preload?: boolean;
}

export function addSecurityHeaders(fields: Fields, options: SecurityHeaders, isHttps: boolean): Fields {
  const wanted: readonly Wanted[] = [
    ['x-content-type-options', (options.noSniff ?? true) && 'nosniff'],
    ['x-frame-options', frameOptions(fields, options)],
    ['referrer-policy', options.referrerPolicy ?? 'strict-origin-when-cross-origin'],
    ['cross-origin-opener-policy', options.openerPolicy],
    ['permissions-policy', options.permissionsPolicy],
    ['content-security-policy', options.contentSecurityPolicy],
    ['strict-transport-security', isHttps && formatTransportSecurity(options.transportSecurity)],
  ];
  return [...fields, ...wanted.filter(isField).filter(([name]) => !hasField(fields, name))];
}

type Wanted = readonly [name: string, value: string | false | undefined];

function isField(wanted: Wanted): wanted is Field {
  return typeof wanted[1] === 'string' && wanted[1] !== '';
}

/** frame-ancestors is the origin's word on framing too, and X-Frame-Options could contradict it in old browsers. */
function frameOptions(fields: Fields, options: SecurityHeaders): string | false {
  const policies = `${fieldValue(fields, 'content-security-policy') ?? ''};${options.contentSecurityPolicy || ''}`;
  if (/\bframe-ancestors\b/i.test(policies)) return false;
  return options.frameOptions ?? 'SAMEORIGIN';
}

function formatTransportSecurity(given: SecurityHeaders['transportSecurity']): string | false {
  if (!given) return false;
  const { maxAgeSeconds, includeSubDomains = false, preload = false } = given;
  return `max-age=${maxAgeSeconds}${includeSubDomains ? '; includeSubDomains' : ''}${preload ? '; preload' : ''}`;
}
