import { Redis } from '@upstash/redis';
import { describe, expect, it } from 'vitest';
import { isUpstashClient, locateUpstash } from '../../../shared/redis/upstash-client.ts';
import { createUpstashRequester } from '../../../shared/redis/upstash-requester.ts';

const ADDRESS = { url: 'https://one.example', token: 'secret-token' };

describe('the official client that is given to the cache', () => {
  it.each([true, false])('is known by its address, auto-pipelining %s', enableAutoPipelining => {
    const client = new Redis({ ...ADDRESS, enableAutoPipelining });
    expect(isUpstashClient(client)).toBe(true);
    expect(locateUpstash(client)).toEqual(ADDRESS);
  });

  it('brings our transport when it is made over our Requester', () => {
    const requester = createUpstashRequester({ ...ADDRESS, fetch });
    expect(locateUpstash(new Redis(requester))).toBe(requester.redis);
  });

  it('is refused over a Requester that nobody knows', () => {
    const client = new Redis({ request: async () => ({}) });
    expect(() => locateUpstash(client)).toThrow(TypeError);
  });

  it('is told from an address and from a port', () => {
    expect(isUpstashClient(ADDRESS)).toBe(false);
    expect(isUpstashClient({ pipeline: async () => [] })).toBe(false);
  });
});
