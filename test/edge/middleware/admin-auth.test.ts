import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { adminAuth } from '../../../edge/middleware/admin-auth.ts';

const TOKENS = ['a'.repeat(32), 'b'.repeat(40)];

async function knock(authorization: string | undefined, tokens: readonly string[] = TOKENS) {
  const app = new Hono().use('*', adminAuth(tokens)).get('/', context => context.text('in'));
  return app.request('/', { headers: authorization === undefined ? {} : { authorization } });
}

test.each([`Bearer ${TOKENS[0]}`, `Bearer ${TOKENS[1]}`, `bearer ${TOKENS[0]}`])(
  '%s opens',
  async authorization => {
    expect(await (await knock(authorization)).text()).toBe('in');
  },
);

test.each([
  undefined,
  '',
  'Bearer',
  'Bearer ',
  TOKENS[0],
  `Bearer ${TOKENS[0]} x`,
  `Bearer ${TOKENS.join(',')}`,
  `Bearer ${'a'.repeat(31)}`,
  `Basic ${TOKENS[0]}`,
])('%s does not', async authorization => {
  const response = await knock(authorization);
  expect(response.status).toBe(401);
  expect(response.headers.get('www-authenticate')).toBe('Bearer realm="headrace"');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.json()).toMatchObject({ code: 'ADMIN_TOKEN_WRONG' });
});

test.each([undefined, 'Bearer ', `Bearer ${TOKENS[0]}`])(
  'without a token configured, %s does not either',
  async authorization => {
    const response = await knock(authorization, []);
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([
      401,
      'ADMIN_CLOSED',
    ]);
  },
);
