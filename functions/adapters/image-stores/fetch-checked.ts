/**
 * One GET to a host that was allowed, at an address that was checked: the name is resolved once, every address it has must be
 * public, and the connection goes to what was checked, so that no second answer of the name server can lead it elsewhere.
 *
 * Shape   URL -> status, headers, body stream; redirects are not followed
 * Units   ms
 * Errors  PrivateAddressError; the network's own; an AbortError when the time is over
 * Cost    one DNS query, one connection
 */
import { lookup } from 'node:dns/promises';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { type RequestOptions, request as requestHttps } from 'node:https';
import { isPublicAddress } from './public-address.ts';

export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
}

export interface FetchChecked {
  readonly signal: AbortSignal;
  /** @default only public addresses */
  readonly isAllowed?: (address: string) => boolean;
  /** @default the system's resolver */
  readonly resolve?: (hostname: string) => Promise<readonly { address: string; family: number }[]>;
  /** What asks. @default node:https */
  readonly request?: (url: URL, options: RequestOptions) => ClientRequest;
}

export async function fetchChecked(url: URL, options: FetchChecked): Promise<IncomingMessage> {
  const { signal, isAllowed = isPublicAddress, resolve = resolveAll, request = requestHttps } = options;
  const hostname = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = await Promise.race([resolve(hostname), endOf(signal)]);
  const refused = addresses.find(({ address }) => !isAllowed(address));
  if (refused || addresses[0] === undefined)
    throw new PrivateAddressError(`${hostname} has no public address`);
  return new Promise((respond, reject) => {
    request(url, {
      signal,
      headers: { accept: 'image/*', 'accept-encoding': 'identity', 'user-agent': 'Headrace' },
      lookup: (_, __, answer) => answer(null, [...addresses]),
    })
      .once('response', respond)
      .once('error', reject)
      .end();
  });
}

/** A name server has no deadline of its own that would be short enough. */
function endOf(signal: AbortSignal): Promise<never> {
  signal.throwIfAborted();
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function resolveAll(hostname: string) {
  return lookup(hostname, { all: true, verbatim: true });
}
