import { expect, test } from 'vitest';
import { imagePlanOf } from '../../../edge/images/image-plan.ts';
import { planOf } from '../exchange.ts';

const FUNCTION = 'https://abc.lambda-url.eu-central-1.on.aws';

test('the function is the only origin, whatever host is asked', () => {
  const plan = imagePlanOf(planOf({ hosts: { 'shop.test': 'default' } }), FUNCTION);
  expect([...plan.origins.values()].map(({ url }) => url)).toEqual([FUNCTION]);
  expect(plan.originOfHost('other.test')).toBe('images');
});

test('the function may take as long as a picture, and some more to start', () => {
  const plan = imagePlanOf(planOf({ images: { limits: { timeoutMs: 5_000 } } }), FUNCTION);
  expect(plan.origins.get('images')?.timeoutMs).toBe(15_000);
});

test('all pictures are one route to those who count, and none of the project’s own routes holds for them', () => {
  const plan = imagePlanOf(planOf({ routes: [{ match: '/images/*', ttl: '1s', tags: ['mine'] }] }), FUNCTION);
  const route = plan.routes.select('/images/width=640/a.jpg');
  expect([route.rule, plan.routes.rules]).toEqual(['/images/*', ['/images/*']]);
  expect([route.policy.ttlSeconds, route.tags('/images/a'), route.compress]).toEqual([undefined, [], false]);
});
