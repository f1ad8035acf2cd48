/**
 * Whether an address is of the public internet: everything else belongs to somebody's own network, this one's above all.
 *
 * Shape   '93.184.216.34' -> true; '169.254.169.254', '::ffff:10.0.0.1', '64:ff9b::a00:1' -> false
 * Errors  none (total): what is no address is not public
 * Source  IANA special-purpose address registries, as ipaddr.js has them
 */
import ipaddr from 'ipaddr.js';

export function isPublicAddress(text: string): boolean {
  if (!ipaddr.isValid(text)) return false;
  // An IPv4 address that wears IPv6 is no way to name a host: it is not public either.
  return ipaddr.parse(text).range() === 'unicast';
}
