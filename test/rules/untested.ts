/**
 * Modules without a test at their own path, each with the reason. Modules of types need none and are not listed; what
 * infra/local starts is tested from outside, by starting it.
 *
 * Shape   module -> the test that runs it
 */

export const TESTED_ELSEWHERE: Readonly<Record<string, { readonly by: string; readonly because: string }>> = {
  'edge/index.ts': {
    by: 'test/flows/miss-and-hit.test.ts',
    because: 'the composition root: it wires, and runs in workerd only',
  },
  'edge/adapters/body-pipe.ts': {
    by: 'test/flows/passing.test.ts',
    because: 'its streams are workerd’s own',
  },
  'edge/adapters/upstream.ts': {
    by: 'test/flows/hosts.test.ts',
    because: 'what it asks of fetch only workerd does',
  },
  'edge/hono/app-origin.ts': {
    by: 'test/edge/hono/cache.test.ts',
    because: 'what it does shows at the middleware',
  },
  'edge/hono/app-plan.ts': {
    by: 'test/edge/hono/cache.test.ts',
    because: 'what it does shows at the middleware',
  },
  'edge/hono/http-cache.ts': {
    by: 'test/edge/hono/cache.test.ts',
    because: 'it wires what has tests of its own',
  },
  'edge/hono/index.ts': {
    by: 'test/flows/hono.test.ts',
    because: 'names what others export',
  },
  'edge/hono/respond.ts': {
    by: 'test/edge/hono/cache.test.ts',
    because: 'what it does shows at the middleware',
  },
  'edge/proxy/keep-freshened.ts': {
    by: 'test/flows/rfc/stored-fields.test.ts',
    because: 'what a 304 changes shows in the next answer',
  },
  'edge/proxy/keeping.ts': {
    by: 'test/edge/proxy/handler.test.ts',
    because: 'writes what its callers decide, with the cache in hand',
  },
  'edge/proxy/keep.ts': {
    by: 'test/edge/proxy/handler.test.ts',
    because: 'acts on what keepable.ts decides, with the cache and a clock in hand',
  },
  'edge/proxy/load.ts': {
    by: 'test/edge/proxy/handler.test.ts',
    because: 'its outcomes show at the whole proxy',
  },
  'edge/proxy/pass.ts': {
    by: 'test/edge/proxy/handler.test.ts',
    because: 'its outcomes show at the whole proxy',
  },
  'edge/adapters/body-codecs.ts': {
    by: 'test/contracts/body-codec.test.ts',
    because: 'an adapter of the codec port; what it promises is the contract',
  },
  'functions/adapters/body-codecs.ts': {
    by: 'test/contracts/body-codec.test.ts',
    because: 'an adapter of the codec port; what it promises is the contract',
  },
  'functions/adapters/undici-redis.ts': {
    by: 'test/contracts/redis.test.ts',
    because: 'an adapter of the Redis port; what it promises is the contract',
  },
  'infra/bundle.ts': {
    by: 'test/infra/constructs/function-code.test.ts',
    because: 'plain data; bundling with it is the test',
  },
  'infra/topology.ts': {
    by: 'test/infra/stacks/backend.test.ts',
    because: 'plain data; the template is held to it',
  },
  'shared/redis/http-send.ts': {
    by: 'test/contracts/redis.test.ts',
    because: 'what fetch makes of a post shows in the contract',
  },
  'shared/redis/upstash-connection.ts': {
    by: 'test/shared/redis/upstash.test.ts',
    because: 'tries and tokens show at the port',
  },
  'shared/redis/upstash-transaction.ts': {
    by: 'test/shared/redis/upstash-requester.test.ts',
    because: 'the Requester is its only user',
  },
  'shared/redis/redis.ts': {
    by: 'test/contracts/redis.test.ts',
    because: 'a port and its two errors; what they promise is the contract',
  },
};
