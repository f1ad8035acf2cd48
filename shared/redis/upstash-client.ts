/**
 * Finds the database behind `@upstash/redis`'s `Redis` class, however it was made: over our Requester it brings our
 * transport, over its stock client the address to connect to. The stock client itself is left as it is, with its retries
 * and its own token for reading one's writes.
 *
 * Shape   client -> our port to Redis | { url, token }
 * Errors  TypeError for a class over a Requester that is neither
 */
import type { Redis } from './redis.ts';
import type { UpstashEndpoint } from './upstash-connection.ts';

/** What tells the class from everything else, by its public members: no SDK is imported here. */
export interface UpstashClient {
  readYourWritesSyncToken: string | undefined;
}

export function isUpstashClient(given: object): given is UpstashClient {
  return 'readYourWritesSyncToken' in given;
}

export function locateUpstash(client: UpstashClient): Redis | UpstashEndpoint {
  // The class declares it as protected; it is the Requester that it was made with, or its stock HTTP client.
  const { client: requester } = client as { readonly client?: Partial<Requester> };
  if (requester?.redis) return requester.redis;
  const { baseUrl: url, headers } = requester ?? {};
  const [, token] = /^Bearer (.+)$/.exec(headers?.authorization ?? '') ?? [];
  if (url && token) return { url, token };
  throw new TypeError(
    'this Redis client has a Requester of its own: give the cache { url, token }, or createUpstashRequester’s',
  );
}

interface Requester {
  /** Ours. */
  readonly redis: Redis;
  /** The stock one's. */
  readonly baseUrl: string;
  readonly headers: { readonly authorization?: string };
}
