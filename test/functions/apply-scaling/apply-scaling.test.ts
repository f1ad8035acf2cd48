import { describe, expect, it } from 'vitest';
import { type ApplyScalingDeps, createApplyScaling } from '../../../functions/apply-scaling/apply-scaling.ts';
import { createAutoScaling } from '../../../functions/apply-scaling/auto-scaling.ts';
import { createRedisScalingStore } from '../../../shared/scaling/store.ts';
import { targetsOf } from '../../../shared/scaling/targets.ts';
import { createTestClock } from '../../fakes/clock.ts';
import { createEngineRedis } from '../../fakes/engine-redis.ts';

const TARGETS = targetsOf({ web: { arn: 'arn:aws:ecs:eu-central-1:123456789012:service/shop/web' } });

const DEPLOYED = { MinCapacity: 3, MaxCapacity: 20 };

interface Registered {
  MinCapacity: number;
  MaxCapacity: number;
  SuspendedState?: Record<string, boolean>;
}

/** Application Auto Scaling as far as it is asked: what is registered is partly replaced, as there. */
function createVendor() {
  const targets = new Map<string, Registered>();
  const sent: string[] = [];
  const client = {
    failing: false,
    async send(command: {
      readonly constructor: { readonly name: string };
      readonly input: Record<string, unknown>;
    }) {
      const { name } = command.constructor;
      sent.push(name);
      if (client.failing) throw new Error('ConcurrentUpdateException');
      const id = String(command.input.ResourceId ?? (command.input.ResourceIds as string[])[0]);
      if (command.input.ScalableDimension !== 'ecs:service:DesiredCount')
        throw new Error('ValidationException');
      if (name === 'RegisterScalableTargetCommand') {
        const { MinCapacity, MaxCapacity, SuspendedState } = command.input as unknown as Registered;
        if (MinCapacity > MaxCapacity) throw new Error('ValidationException');
        targets.set(id, {
          ...targets.get(id),
          MinCapacity,
          MaxCapacity,
          SuspendedState: SuspendedState ?? {},
        });
        return {};
      }
      if (name === 'DescribeScalableTargetsCommand')
        return { ScalableTargets: targets.has(id) ? [targets.get(id)] : [] };
      const activity = {
        StartTime: new Date(1_000),
        StatusCode: 'Successful',
        Description: 'Setting desired count to 3.',
        Cause: 'monitor alarm',
      };
      return { ScalingActivities: [activity] };
    },
  };
  return { client, targets, sent };
}

async function setUp() {
  const clock = createTestClock();
  const store = createRedisScalingStore(await createEngineRedis(clock), clock);
  const vendor = createVendor();
  vendor.targets.set('service/shop/web', { MinCapacity: 2, MaxCapacity: 10 });
  const logged: object[] = [];
  const autoScaling = createAutoScaling(vendor.client as unknown as Parameters<typeof createAutoScaling>[0]);
  const deps: ApplyScalingDeps = {
    targets: TARGETS,
    store,
    autoScaling,
    clock,
    log: entry => logged.push(entry),
  };
  const web = () => vendor.targets.get('service/shop/web');
  return { clock, store, vendor, logged, web, run: createApplyScaling(deps) };
}

describe('an override', () => {
  it('pins the target within the minute, stays over a deployment, and ends by itself', async () => {
    const { clock, store, run, web, vendor } = await setUp();
    await store.override('web', { count: 6, until: clock() + 3_600_000, by: 'ops' });
    expect(await run()).toEqual({ web: 'overridden' });
    const suspended = {
      DynamicScalingInSuspended: true,
      DynamicScalingOutSuspended: true,
      ScheduledScalingSuspended: true,
    };
    expect(web()).toEqual({ MinCapacity: 6, MaxCapacity: 6, SuspendedState: suspended });
    expect(await run()).toEqual({ web: 'unchanged' });

    vendor.targets.set('service/shop/web', { MinCapacity: 2, MaxCapacity: 10 });
    expect(await run()).toEqual({ web: 'overridden' });
    expect(web()?.MinCapacity).toBe(6);

    clock.advance(3_600_000);
    expect(await run()).toEqual({ web: 'released' });
    expect(web()).toMatchObject({
      MinCapacity: 2,
      MaxCapacity: 10,
      SuspendedState: { DynamicScalingInSuspended: false },
    });
    expect(await run()).toEqual({ web: 'unchanged' });
  });

  it('gives back the bounds that a deployment has set since, which leaves the target suspended', async () => {
    const { clock, store, run, web, vendor } = await setUp();
    await store.override('web', { count: 6, until: clock() + 3_600_000, by: 'ops' });
    await run();
    vendor.targets.set('service/shop/web', { ...vendor.targets.get('service/shop/web'), ...DEPLOYED });
    await run();
    expect(web()).toMatchObject({ MinCapacity: 6, MaxCapacity: 6 });
    await run();
    await store.end('web');
    await run();
    expect(web()).toMatchObject({ ...DEPLOYED, SuspendedState: { DynamicScalingInSuspended: false } });
  });

  it('that ended just as bounds were deployed gives back those', async () => {
    const { clock, store, run, web, vendor } = await setUp();
    await store.override('web', { count: 6, until: clock() + 3_600_000, by: 'ops' });
    await run();
    vendor.targets.set('service/shop/web', { ...vendor.targets.get('service/shop/web'), ...DEPLOYED });
    await store.end('web');
    expect(await run()).toEqual({ web: 'released' });
    expect(web()).toMatchObject({ ...DEPLOYED, SuspendedState: { DynamicScalingInSuspended: false } });
  });

  it('gives back the bounds that a schedule had set', async () => {
    const { clock, store, run, web, vendor } = await setUp();
    vendor.targets.set('service/shop/web', { MinCapacity: 5, MaxCapacity: 9 });
    await store.override('web', { count: 8, until: clock() + 60_000, by: 'ops' });
    await run();
    await run();
    await store.end('web');
    await run();
    expect(web()).toMatchObject({ MinCapacity: 5, MaxCapacity: 9 });
  });

  it('is applied by the next run where AWS failed, and undone rightly after that', async () => {
    const { clock, store, run, web, vendor, logged } = await setUp();
    await store.override('web', { count: 4, until: clock() + 60_000, by: 'ops' });
    vendor.client.failing = true;
    expect(await run()).toEqual({ web: 'failed' });
    expect(logged).toEqual([
      expect.objectContaining({ target: 'web', error: expect.stringContaining('Concurrent') }),
    ]);
    vendor.client.failing = false;
    expect(await run()).toEqual({ web: 'overridden' });
    await store.end('web');
    expect(await run()).toEqual({ web: 'released' });
    expect(web()).toMatchObject({ MinCapacity: 2, MaxCapacity: 10 });
  });
});

describe('without an override', () => {
  it('nothing is changed, whatever bounds a schedule has set', async () => {
    const { run, vendor } = await setUp();
    vendor.targets.set('service/shop/web', { MinCapacity: 7, MaxCapacity: 8 });
    expect(await run()).toEqual({ web: 'unchanged' });
    expect(vendor.sent).not.toContain('RegisterScalableTargetCommand');
  });

  it('the last decisions are kept for the edge to tell', async () => {
    const { run, store } = await setUp();
    await run();
    const seen = (await store.read(['web'])).get('web')?.seen;
    expect(seen).toMatchObject({ min: 2, max: 10, isSuspended: false });
    expect(seen?.activities).toEqual([
      { at: 1_000, status: 'Successful', says: 'Setting desired count to 3. monitor alarm' },
    ]);
  });

  it('a target that is not deployed yet is no failure', async () => {
    const { run, vendor } = await setUp();
    vendor.targets.clear();
    expect(await run()).toEqual({ web: 'absent' });
  });
});
