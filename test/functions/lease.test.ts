import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RedisTier, startRedisTier } from '../contracts/redis-tier.ts';

const PROCESSES = 4;
let tier: RedisTier;
let children: readonly ChildProcess[] = [];

beforeAll(async () => {
  tier = await startRedisTier();
  const start = () => fork(join(import.meta.dirname, 'lease-process.ts'), [tier.url, tier.token]);
  children = Array.from({ length: PROCESSES }, start);
  await Promise.all(children.map(child => once(child, 'message')));
});
afterAll(async () => {
  for (const child of children) child.disconnect();
  await tier.stop();
});

it('a key that several processes miss at once is loaded by one of them, and all have its value', async () => {
  const key = randomUUID();
  const answers = await Promise.all(
    children.map(async child => {
      child.send(key);
      return (await once(child, 'message'))[0] as [loads: number, values: string[]];
    }),
  );
  expect(answers.map(([loads]) => loads).reduce((sum, loads) => sum + loads)).toBe(1);
  expect(new Set(answers.flatMap(([, values]) => values)).size).toBe(1);
});
