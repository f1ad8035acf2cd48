import { describe, expect, it } from 'vitest';
import { type ConfigInput, parseConfig } from '../../../shared/config/config.ts';
import { createPlan, type Plan } from '../../../shared/config/plan.ts';
import { type Environment, parseSettings } from '../../../shared/config/settings.ts';

function parse(config: ConfigInput, environment: Environment) {
  const [checked, settings] = [parseConfig(config), parseSettings(environment)];
  if (!checked.ok || !settings.ok) return expect.fail('wrong input');
  return createPlan(checked.config, settings.settings);
}

function planOf(config: ConfigInput, environment: Environment = { ORIGIN_URL: 'http://origin.test' }): Plan {
  const parsed = parse(config, environment);
  return parsed.ok ? parsed.plan : expect.fail(parsed.sentence);
}

describe('origins', () => {
  it('the default one is ORIGIN_URL, for every host', () => {
    const plan = planOf({});
    expect(plan.origins.get(plan.originOfHost('any.test') ?? '')).toEqual({
      name: 'default',
      url: 'http://origin.test',
      timeoutMs: 10_000,
      host: 'origin',
      healthPath: '/',
    });
  });

  it('ORIGIN_URL replaces the address of the configured default, and nothing else of it', () => {
    const config: ConfigInput = {
      origins: { default: { url: 'https://shop.test/', host: 'client', healthPath: '/up', timeout: '3s' } },
      hosts: { 'shop.test': 'default' },
    };
    const fields = { host: 'client', healthPath: '/up', timeoutMs: 3_000 };
    expect(planOf(config).origins.get('default')).toMatchObject({ ...fields, url: 'http://origin.test' });
    expect(planOf(config, {}).origins.get('default')).toMatchObject({ ...fields, url: 'https://shop.test' });
  });

  it("an origin's own timeout wins over the setting, which wins over the default", () => {
    const config: ConfigInput = {
      origins: { slow: { url: 'http://slow.test', timeout: '1m' }, other: { url: 'http://other.test' } },
    };
    const { origins } = planOf(config, { ORIGIN_URL: 'http://a.test', ORIGIN_TIMEOUT_MS: '2000' });
    expect(['slow', 'other', 'default'].map(name => origins.get(name)?.timeoutMs)).toEqual([
      60_000, 2_000, 2_000,
    ]);
  });

  it('where hosts are named, others have none', () => {
    const { originOfHost } = planOf({ hosts: { 'shop.test': 'default' } });
    expect(['shop.test', 'other.test', 'constructor'].map(originOfHost)).toEqual([
      'default',
      undefined,
      undefined,
    ]);
  });

  it.each<[string, ConfigInput]>([
    ['every host leads to it', {}],
    ['a host leads to it', { hosts: { 'shop.test': 'default' } }],
    [
      'a route leads to it',
      {
        origins: { api: { url: 'http://api.test' } },
        hosts: { 'shop.test': 'api' },
        routes: [{ match: '/old/*', origin: 'default' }],
      },
    ],
  ])('without a default the setting to give is named when %s', (_, config) => {
    expect(parse(config, {})).toEqual({
      ok: false,
      setting: 'ORIGIN_URL',
      sentence: expect.stringMatching(/^ORIGIN_URL is not set .+\.$/),
    });
  });

  it('no default is needed where nothing leads to it', () => {
    const config: ConfigInput = {
      origins: { api: { url: 'http://api.test' } },
      hosts: { 'shop.test': 'api' },
    };
    expect([...planOf(config, {}).origins.keys()]).toEqual(['api']);
  });
});

describe('levels and limits', () => {
  it('come from the preset, in ms', () => {
    const plan = planOf({}, { ORIGIN_URL: 'http://a.test', HEADRACE_PRESET: 'costOptimized' });
    expect(plan.levels).toEqual({
      l1: { maxBytes: 48 * 1024 * 1024, maxEntries: 10_000 },
      l2: {
        keyPrefix: 'headrace',
        deadlineMs: 250,
        tagsTtlMs: 5_000,
        maxValueBytes: 1024 * 1024,
        lease: false,
      },
    });
  });

  it('are overruled one by one', () => {
    const plan = planOf({
      levels: { l1: { maxEntries: 5 }, l2: { tagsTtl: '0s' } },
      limits: { maxBodyBytes: 7 },
    });
    expect(plan.levels).toEqual({
      l1: { maxBytes: 48 * 1024 * 1024, maxEntries: 5 },
      l2: { keyPrefix: 'headrace', deadlineMs: 250, tagsTtlMs: 0, maxValueBytes: 1024 * 1024, lease: false },
    });
    expect(plan.limits).toEqual({ maxBodyBytes: 7, maxHeaderBytes: 16_384 });
  });
});

it('settings reach the plan as they are, and routes know the profile', () => {
  const plan = planOf(
    {},
    {
      ORIGIN_URL: 'http://a.test',
      ADMIN_TOKEN: 'a'.repeat(32),
      HEADRACE_BASE: '/x',
      HEADRACE_MODE: 'off',
      HEADRACE_PROFILE: 'static',
      FORWARD_HEADERS: 'x-tenant',
    },
  );
  expect(plan).toMatchObject({ base: '/x', mode: 'off', adminTokens: ['a'.repeat(32)] });
  expect(plan.routes.select('/').forwardHeaders).toEqual(['x-tenant']);
});
