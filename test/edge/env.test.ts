import { expect, test } from 'vitest';
import { parseEnv } from '../../edge/env.ts';

test('settings and the configuration together make a plan', () => {
  const parsed = parseEnv({ ORIGIN_URL: 'http://origin.example', HEADRACE_BASE: '/head' });
  expect(parsed).toMatchObject({
    ok: true,
    plan: { base: '/head', mode: 'on' },
    settings: { preset: 'highPerformance' },
  });
  expect(parsed.ok && parsed.plan.origins.get('default')?.url).toBe('http://origin.example');
});

test.each([
  ['a wrong setting', { ORIGIN_URL: 'http://o', HEADRACE_MODE: 'maybe' }, /^HEADRACE_MODE /],
  ['no origin', {}, /^ORIGIN_URL /],
])('%s is a sentence that names it', (_, env, sentence) => {
  expect(parseEnv(env)).toMatchObject({ ok: false, sentence: expect.stringMatching(sentence) });
});
