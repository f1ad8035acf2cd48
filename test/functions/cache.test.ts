import { randomUUID } from 'node:crypto';
import { Redis } from '@upstash/redis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as worker from '../../edge/cache.ts';
import * as node from '../../functions/cache.ts';
import { type RedisTier, startRedisTier } from '../contracts/redis-tier.ts';

let tier: RedisTier;
beforeAll(async () => {
  tier = await startRedisTier();
});
afterAll(() => tier.stop());

const LIMITS = { deadlineMs: 5_000 };
const address = () => ({ url: tier.url, token: tier.token });
const DOORS = [
  ['Node', node],
  ['a Worker', worker],
] as const;

/** What a class takes by its address, by our Requester, and what is a port already. */
const CONNECTIONS = {
  'an address': () => address(),
  'the official class': () => new Redis({ ...address(), enableTelemetry: false }),
  'the official class over our Requester': () =>
    new Redis(node.createUpstashRequester({ ...address(), ...LIMITS, send: node.createUndiciSend() })),
  'our port': () => node.createUpstashRequester({ ...address(), ...LIMITS, fetch }).redis,
};

describe.each(DOORS)('headrace/cache in %s', (_, { createCache }) => {
  it.each(Object.entries(CONNECTIONS))('takes %s for its Redis', async (_, connect) => {
    const key = randomUUID();
    const cache = createCache({ redis: connect(), ...LIMITS });
    expect(await cache.set(key, { a: 1 })).toBe('stored');
    const other = createCache({ redis: address(), ...LIMITS });
    expect(await other.get(key)).toEqual({ a: 1 });
    for (const each of [cache, other]) await each.close();
  });

  it('works on memory alone', async () => {
    const cache = createCache();
    await cache.set('a', 1);
    expect(await cache.get('a')).toBe(1);
    expect(await cache.health()).toMatchObject({ redis: 'absent' });
  });
});

it('a Lambda and a Worker share what is packed', async () => {
  const text = 'a tap '.repeat(1_000);
  const [lambda, edge] = [node, worker].map(({ createCache }) =>
    createCache({ redis: address(), l1: false, ...LIMITS }),
  );
  await lambda?.set('packed', text);
  expect(lambda?.stats().bytesSaved).toBeGreaterThan(text.length / 2);
  expect(await edge?.get('packed')).toBe(text);
});

it('both doors offer the same, but for what needs Node', () => {
  const names = (module: object) => Object.keys(module).sort();
  expect(names(node).filter(name => !names(worker).includes(name))).toEqual(['createUndiciSend']);
  expect(names(worker).filter(name => !names(node).includes(name))).toEqual([]);
});

it('prints its events where DEBUG asks for them', async () => {
  const print = vi.spyOn(console, 'error').mockImplementation(() => {});
  vi.stubEnv('DEBUG', 'headrace:hit');
  vi.resetModules();
  const { createCache } = await import('../../functions/cache.ts');
  const onEvent = vi.fn();
  const cache = createCache({ onEvent });
  await cache.set('a', 1);
  await cache.get('a');
  expect(print.mock.calls.flat()).toEqual([expect.stringMatching(/^headrace:hit /)]);
  expect(onEvent).toHaveBeenCalledWith(expect.objectContaining({ kind: 'hit' }));
  vi.unstubAllEnvs();
  print.mockRestore();
});
