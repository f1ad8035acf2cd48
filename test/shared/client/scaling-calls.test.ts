import { expect, test } from 'vitest';
import { createClient } from '../../../shared/client/client.ts';

function recorded() {
  const sent: [string, string, unknown][] = [];
  const fetch = async (url: string | URL | Request, init: RequestInit = {}) => {
    const { pathname, search } = new URL(String(url));
    sent.push([String(init.method), pathname + search, init.body ? JSON.parse(String(init.body)) : null]);
    return Response.json({});
  };
  return {
    sent,
    client: createClient({
      url: 'https://e.org',
      token: 't'.repeat(32),
      fetch: fetch as typeof globalThis.fetch,
    }),
  };
}

test('scaling and alarms are asked by their routes', async () => {
  const { sent, client } = recorded();
  const override = { count: 4, until: 5, by: 'ops' };
  await client.scaling.get({ readings: { cpu: 85, 'response-time': 1.5, count: 3 } });
  await client.scaling.override('web', override);
  await client.scaling.end('web');
  await client.alerts.quiet();
  await client.performance.alerts();
  expect(sent).toEqual([
    ['GET', '/api/admin/scaling?cpu=85&response-time=1.5&count=3', null],
    ['PUT', '/api/admin/scaling/web/override', override],
    ['DELETE', '/api/admin/scaling/web/override', null],
    ['POST', '/api/admin/alerts/quiet', {}],
    ['GET', '/api/performance/alerts', null],
  ]);
});
