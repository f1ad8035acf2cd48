import { expect, it } from 'vitest';
import type { NewJob } from '../../../../shared/jobs/job-store.ts';
import { createRedisJobStore } from '../../../../shared/jobs/store/redis-job-store.ts';
import type { RedisCommand } from '../../../../shared/redis/redis.ts';
import { createTestClock } from '../../../fakes/clock.ts';
import { createEngineRedis } from '../../../fakes/engine-redis.ts';

const NOW = 1_800_000_000_000;
const idOf = (type: string, at: number) => `${type}-${String(at).padStart(24, '0')}`;
const newJob = (at: number, given: Partial<NewJob> = {}): NewJob => ({
  id: idOf(given.type ?? 'reports', at),
  type: 'reports',
  lane: 'normal',
  tenant: 'default',
  priority: 5,
  createdAt: NOW,
  payload: { kind: 'inline', json: '{}' },
  fingerprint: '',
  watchAt: NOW + 15_000,
  ...given,
});
const reports = (count: number, given?: Partial<NewJob>) =>
  Array.from({ length: count }, (_, at) => newJob(at, given));

async function open() {
  const redis = await createEngineRedis(createTestClock());
  const store = createRedisJobStore(redis);
  // The script is taught once, which is no part of what is counted here.
  await store.createMany([newJob(999_999)]);
  redis.takeCommands();
  const reply = async (...command: RedisCommand) => {
    const [answer] = await redis.pipeline([command]);
    return answer instanceof Uint8Array ? new TextDecoder().decode(answer) : answer;
  };
  const rowsPerScript = () => redis.takeCommands().map(command => Number(command[2]) - 3);
  return { redis, store, reply, rowsPerScript };
}

it('a hundred rows are one script', async () => {
  const { redis, store, rowsPerScript } = await open();
  const before = redis.bill();
  await store.createMany(reports(250));
  expect(rowsPerScript()).toEqual([100, 100, 50]);
  const { trips, billed } = redis.bill();
  expect(trips - before.trips).toBe(3);
  // The script, two commands for each row, the watch and the list.
  expect(billed - before.billed).toBe(3 * (1 + 2) + 250 * 2);
});

it('no request has more bytes than it may', async () => {
  const { store, rowsPerScript } = await open();
  const large = reports(20, { payload: { kind: 'inline', json: `"${'x'.repeat(60_000)}"` } });
  expect(await store.createMany(large)).toMatchObject(
    large.map(({ id }) => ({ kind: 'created', job: { id } })),
  );
  const counted = rowsPerScript();
  expect(counted.reduce((sum, rows) => sum + rows)).toBe(20);
  for (const rows of counted) expect(rows * 60_000).toBeLessThan(524_288);
});

it('rows of several types each come to their own list, and are told in the order they came', async () => {
  const { store, reply } = await open();
  const rows = [0, 1, 2, 3].map(at => newJob(at, { type: at % 2 === 0 ? 'warming' : 'analysis' }));
  expect((await store.createMany(rows)).map(creation => 'job' in creation && creation.job.id)).toEqual([
    idOf('warming', 0),
    idOf('analysis', 1),
    idOf('warming', 2),
    idOf('analysis', 3),
  ]);
  expect(await reply('ZCARD', 'jobs:list:warming:queued')).toBe(2);
  expect(await reply('ZCARD', 'jobs:list:analysis:queued')).toBe(2);
});

it('the same job twice in one call is one row', async () => {
  const { store, reply } = await open();
  const row = newJob(1, { fingerprint: 'a' });
  const creations = await store.createMany([row, row, { ...row, fingerprint: 'b' }]);
  expect(creations.map(({ kind }) => kind)).toEqual(['created', 'existing', 'mismatch']);
  expect(await reply('HGET', `jobs:${row.id}`, 'fingerprint')).toBe('a');
  expect(await reply('HGET', `jobs:${row.id}`, 'revision')).toBe('1');
});

it('a row that Redis cannot read is refused alone', async () => {
  const { store, reply } = await open();
  await reply('SET', `jobs:${idOf('reports', 1)}`, 'somebody wrote here');
  const creations = await store.createMany(reports(3));
  expect(creations).toMatchObject([
    { kind: 'created' },
    { kind: 'unwritten', reason: expect.stringContaining('WRONGTYPE') },
    { kind: 'created' },
  ]);
  expect(await store.get(idOf('reports', 2))).toMatchObject({ state: 'queued' });
});

it('where the list cannot be written no row is', async () => {
  const { store, reply } = await open();
  await reply('SET', 'jobs:list:reports:scheduled', 'somebody wrote here');
  const rows = [newJob(1), newJob(2, { runAt: NOW + 1_000 })];
  expect((await store.createMany(rows)).map(({ kind }) => kind)).toEqual(['unwritten', 'unwritten']);
  for (const { id } of rows) expect(await reply('EXISTS', `jobs:${id}`)).toBe(0);
});
