/**
 * Says in Via that a message came through here, in both directions.
 *
 * Shape   fields + 'HTTP/2' -> fields with a last line 'via: 2 headrace'
 * Errors  none (total): a protocol it does not know counts as 1.1
 * Source  RFC 9110 §7.6.3
 */
import type { Fields } from './fields.ts';

const PSEUDONYM = 'headrace';

/** `protocol` is the one the message arrived by; what hops before us wrote stays in front. */
export function appendVia(fields: Fields, protocol = 'HTTP/1.1'): Fields {
  const [, version = '1.1'] = /^HTTP\/(\d(?:\.\d)?)$/i.exec(protocol) ?? [];
  return [...fields, ['via', `${version} ${PSEUDONYM}`]];
}
