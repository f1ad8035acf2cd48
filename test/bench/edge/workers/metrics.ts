/**
 * What metrics do for one request, done many times within one: the clock started, the outcome told, counted, logged where
 * chance wills it, and a flush seen to. `?counted=0` goes through the same motions and tells nobody.
 */

import { createEdgeMonitoring } from '../../../../edge/monitoring/edge-monitoring.ts';
import { type OnAnswered, tellAnswered } from '../../../../edge/proxy/answered.ts';
import { type Received, receive } from '../../../../edge/proxy/receive.ts';
import { startTiming } from '../../../../edge/proxy/timing.ts';
import { parseConfig } from '../../../../shared/config/config.ts';
import { createPlan, type Plan } from '../../../../shared/config/plan.ts';
import { parseSettings } from '../../../../shared/config/settings.ts';
import { parseRequestUrl } from '../../../../shared/http/request-url.ts';
import { systemClock as clock } from '../../../../shared/primitives/clock.ts';

export default {
  fetch(request: Request): Response {
    const times = Number(new URL(request.url).searchParams.get('times'));
    const isCounted = new URL(request.url).searchParams.get('counted') !== '0';
    const plan = planOf();
    const onAnswered = isCounted ? connect(plan) : undefined;
    const url = parseRequestUrl(request.url);
    const received = hitOf(receive(request, url, plan));
    const response = new Response('page');
    const asking = { request, url, waitUntil: () => {} };
    for (let n = 0; n < times; n++) {
      const timing = onAnswered ? startTiming(clock) : undefined;
      tellAnswered(response, { asking, received, timing }, onAnswered);
    }
    return new Response('done');
  },
};

function hitOf(received: Received): Received {
  if (received.kind !== 'cacheable') throw new Error('the request of the bench is not for the cache');
  const account = { status: { hit: true, ttlSeconds: 60, detail: 'L1' }, bodyBytes: 10_240 } as const;
  return { ...received, exchange: { ...received.exchange, account } };
}

function connect(plan: Plan): OnAnswered | undefined {
  const sleep = () => new Promise<void>(() => undefined);
  const monitoring = createEdgeMonitoring({ plan, clock, random: Math.random, sleep, write: () => {} });
  return monitoring.connect(undefined).onAnswered;
}

function planOf(): Plan {
  const checked = parseConfig({ routes: [{ match: '/products/:id' }] });
  const settings = parseSettings({ ORIGIN_URL: 'http://origin.example' });
  if (!checked.ok || !settings.ok) throw new Error('the configuration of the bench is wrong');
  const planned = createPlan(checked.config, settings.settings);
  if (!planned.ok) throw new Error(planned.sentence);
  return planned.plan;
}
