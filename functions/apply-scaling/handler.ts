/**
 * The function apply-scaling: once a minute it makes overrides hold, and ends those that are over.
 *
 * Shape   EventBridge's scheduled event -> what became of each target
 * Errors  without SCALING_TARGETS and the Redis of the jobs it does not start
 */

import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { systemClock as clock } from '../../shared/primitives/clock.ts';
import { createRedisScalingStore } from '../../shared/scaling/store.ts';
import { targetsOf } from '../../shared/scaling/targets.ts';
import { requiredSetting } from '../adapters/required-setting.ts';
import { createUndiciRedis } from '../adapters/undici-redis.ts';
import { type Applied, createApplyScaling } from './apply-scaling.ts';
import { createAutoScaling } from './auto-scaling.ts';

const REDIS_DEADLINE_MS = 5_000;

const redis = {
  url: requiredSetting(process.env, 'JOBS_REDIS_REST_URL'),
  token: requiredSetting(process.env, 'JOBS_REDIS_REST_TOKEN'),
};
const applyScaling = createApplyScaling({
  targets: targetsOf(JSON.parse(process.env.SCALING_TARGETS || '{}')),
  store: createRedisScalingStore(createUndiciRedis({ ...redis, deadlineMs: REDIS_DEADLINE_MS }), clock),
  autoScaling: createAutoScaling(new ApplicationAutoScalingClient()),
  clock,
  log: entry => console.info(entry),
});

export async function handler(): Promise<Applied> {
  return applyScaling();
}
