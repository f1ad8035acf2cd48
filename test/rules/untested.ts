/**
 * Modules without a test at their own path, each with the reason. Modules of types need none and are not listed; what
 * infra/local starts is tested from outside, by starting it.
 *
 * Shape   module -> the test that runs it
 */

export const TESTED_ELSEWHERE: Readonly<Record<string, { readonly by: string; readonly because: string }>> = {
  'infra/bundle.ts': {
    by: 'test/infra/constructs/function-code.test.ts',
    because: 'plain data; bundling with it is the test',
  },
  'infra/topology.ts': {
    by: 'test/infra/stacks/backend.test.ts',
    because: 'plain data; the template is held to it',
  },
  'shared/redis/redis.ts': {
    by: 'test/contracts/redis.test.ts',
    because: 'a port and its two errors; what they promise is the contract',
  },
};
