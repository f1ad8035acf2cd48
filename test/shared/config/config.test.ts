import { describe, expect, it } from 'vitest';
import { type Config, type ConfigInput, defineConfig, parseConfig } from '../../../shared/config/config.ts';

const WHOLE: ConfigInput = {
  origins: {
    default: { url: 'https://shop.test', timeout: '5s', host: 'client', healthPath: '/up' },
    api: { url: 'http://10.0.0.1:8080' },
  },
  hosts: { 'www.shop.test': 'default', 'api.shop.test:8443': 'api', '[::1]:80': 'api' },
  routes: [
    {
      match: ['/products/:id', '/p/:id'],
      origin: 'api',
      profile: 'static',
      ttl: '60s',
      swr: '5m',
      sie: '1d',
      tags: ['product-:id'],
      key: { headers: ['Accept-Language'], query: ['page'] },
      headers: { forward: ['X-Tenant'] },
      timeout: '10m',
    },
    {
      match: '/shop/*',
      key: {
        cookies: ['currency'],
        device: true,
        languages: ['en', 'de-AT'],
        query: { keep: ['page', 'tag*'], drop: ['x'], sort: false, tracking: 'keep' },
      },
      cors: true,
      headers: {
        response: { 'Cache-Control': 'no-cache' },
        security: { frameOptions: 'DENY', transportSecurity: { maxAgeSeconds: 60 } },
      },
    },
    { match: '/*', key: { query: 'all' } },
  ],
  levels: { l1: { maxBytes: 0 }, l2: { keyPrefix: 'shop:v2', deadline: '1ms', tagsTtl: '0s' } },
  limits: { maxBodyBytes: 1 },
  scaling: {
    web: {
      arn: 'arn:aws:ecs:eu-central-1:123456789012:service/shop/web',
      schedules: [{ id: 'morning', cron: '0 7 ? * MON-FRI *', min: 4, max: 10 }],
    },
  },
  images: {
    forms: ['query', 'ipx'],
    ladder: null,
    presets: { card: 'width=320,fit=cover,height=240' },
    watermarks: { logo: { key: 'brand/logo.png', gravity: 'southeast', widthRatio: 0.1 } },
    remoteHosts: ['pictures.test'],
    limits: { maxSourcePixels: 1_000_000 },
  },
  cdns: {
    site: {
      vendor: 'cloudfront',
      distributionId: 'E1ABCDEF',
      tags: true,
      hosts: ['www.shop.test'],
      collapseAbove: 200,
    },
    shop: {
      vendor: 'cloudflare',
      zoneId: '0123456789abcdef',
      plan: 'pro',
      variants: [{ 'CF-Device-Type': 'mobile' }],
      hosts: [],
      account: 'main',
    },
    azure: {
      vendor: 'azure-front-door',
      subscriptionId: '6f0e-1',
      resourceGroup: 'web',
      profile: 'front',
      endpoint: 'shop',
      tagIndex: true,
      hosts: [],
    },
    media: { vendor: 'google', project: 'shop-1', urlMap: 'web', hosts: [], apiUrl: 'http://127.0.0.1:1' },
  },
  metrics: { enabled: false, slow: '2s', logShare: 0.5, redisUsdPer100kCommands: 0 },
  tracking: 'drop',
  tagHeader: 'Cache-Tag',
  serverTiming: true,
};

describe('parseConfig', () => {
  it('takes everything that may be said', () => {
    expect(parseConfig(WHOLE)).toEqual({ ok: true, config: WHOLE });
  });

  it('takes nothing at all', () => {
    const config: Config = {
      origins: {},
      hosts: {},
      routes: [],
      levels: {},
      limits: {},
      metrics: {},
      images: {},
      cdns: {},
      scaling: {},
    };
    expect(parseConfig({})).toEqual({ ok: true, config });
  });

  it.each<[string, unknown]>([
    ['the configuration', null],
    ['the configuration', []],
    ['orgins', { orgins: {} }],
    ['origins', { origins: 5 }],
    ['origins.default', { origins: { default: 'http://shop.test' } }],
    ['origins.default.url', { origins: { default: {} } }],
    ['origins.default.url', { origins: { default: { url: 'http://shop.test/path' } } }],
    ['origins.default.url', { origins: { default: { url: 'ftp://shop.test' } } }],
    ['origins.default.healthPath', { origins: { default: { url: 'http://a.test', healthPath: 'up' } } }],
    ['origins.default.host', { origins: { default: { url: 'http://a.test', host: 'client' } } }],
    ['origins.my shop', { origins: { 'my shop': { url: 'http://a.test' } } }],
    ['hosts.Shop.test', { hosts: { 'Shop.test': 'default' } }],
    ['cdns.site.vendor', { cdns: { site: { vendor: 'fastly' } } }],
    ['cdns.shop.zoneId', { cdns: { shop: { vendor: 'cloudflare', zoneId: '..' } } }],
    ['cdns.site.distributionId', { cdns: { site: { vendor: 'cloudfront', distributionId: 'x' } } }],
    ['cdns.shop.zoneId', { cdns: { shop: { vendor: 'cloudflare' } } }],
    ['cdns.shop.plan', { cdns: { shop: { vendor: 'cloudflare', zoneId: 'z', plan: 'gold' } } }],
    ['cdns.shop.token', { cdns: { shop: { vendor: 'cloudflare', zoneId: 'z', token: 'secret' } } }],
    ['cdns.My CDN', { cdns: { 'My CDN': { vendor: 'google', project: 'p', urlMap: 'm' } } }],
    ['hosts.shop.test', { hosts: { 'shop.test': 'unknown' } }],
    ['hosts.shop.test', { hosts: { 'shop.test': 'toString' } }],
    ['routes[1].match', { routes: [{ match: '/' }, { match: 'products' }] }],
    ['routes[0].match', { routes: [{}] }],
    ['routes[0].match', { routes: [{ match: [] }] }],
    ['routes[0].match[1]', { routes: [{ match: ['/a', 'b'] }] }],
    ['routes[0].match', { routes: [{ match: '/:a/:a' }] }],
    ['routes[0].origin', { routes: [{ match: '/', origin: 'unknown' }] }],
    ['routes[0].profile', { routes: [{ match: '/', profile: 'fast' }] }],
    ['routes[0].ttl', { routes: [{ match: '/', ttl: 60 }] }],
    ['routes[0].timeout', { routes: [{ match: '/', timeout: '0s' }] }],
    ['routes[0].timeout', { routes: [{ match: '/', timeout: '30d' }] }],
    ['routes[0].tags[1]', { routes: [{ match: '/', tags: ['a', 'b,c'] }] }],
    ['routes[0].key.headers', { routes: [{ match: '/', key: { headers: [...'abcdef'] } }] }],
    ['routes[0].key.headers[0]', { routes: [{ match: '/', key: { headers: ['a b'] } }] }],
    ['routes[0].key.query', { routes: [{ match: '/', key: { query: 'none' } }] }],
    ['routes[0].key.query', { routes: [{ match: '/', key: { query: { sort: 'no' } } }] }],
    ['routes[0].key.cookies', { routes: [{ match: '/', key: { cookies: [] } }] }],
    ['routes[0].key.cookies[0]', { routes: [{ match: '/', key: { cookies: ['a=b'] } }] }],
    ['routes[0].key.device', { routes: [{ match: '/', key: { device: 'mobile' } }] }],
    ['routes[0].key.languages[1]', { routes: [{ match: '/', key: { languages: ['de', '*'] } }] }],
    ['routes[0].cors', { routes: [{ match: '/', cors: 'https://a.test' }] }],
    ['routes[0].headers.response.x', { routes: [{ match: '/', headers: { response: { x: 'a\nb' } } }] }],
    ['routes[0].headers.response.Age', { routes: [{ match: '/', headers: { response: { Age: '1' } } }] }],
    ['routes[0].headers.security', { routes: [{ match: '/', headers: { security: { noSniff: 'yes' } } }] }],
    ['tracking', { tracking: false }],
    ['serverTiming', { serverTiming: 'on' }],
    ['routes[0].cache', { routes: [{ match: '/', cache: true }] }],
    ['levels.l1.maxBytes', { levels: { l1: { maxBytes: -1 } } }],
    ['levels.l1.maxBytes', { levels: { l1: { maxBytes: 1.5 } } }],
    ['levels.l1.maxBytes', { levels: { l1: { maxBytes: undefined } } }],
    ['levels.l2.keyPrefix', { levels: { l2: { keyPrefix: 'a b' } } }],
    ['levels.l2.deadline', { levels: { l2: { deadline: '1h' } } }],
    ['images.path', { images: { path: '/pictures' } }],
    ['images.quality', { images: { quality: 0 } }],
    ['images.presets.card', { images: { presets: { card: 'width=0' } } }],
    ['images.presets.card', { images: { presets: { card: 'preset=other' } } }],
    ['images.ladder', { images: { ladder: [] } }],
    ['images.remoteHosts[0]', { images: { remoteHosts: ['https://pictures.test'] } }],
    ['images.limits.maxSide', { images: { limits: { maxSide: 100_000 } } }],
    ['limits.maxBodyBytes', { limits: { maxBodyBytes: '1 MB' } }],
  ])('names %s when it is wrong, in one sentence', (path, input) => {
    const parsed = parseConfig(input);
    if (parsed.ok) expect.fail('was accepted');
    expect(parsed.path).toBe(path);
    expect(parsed.sentence).toMatch(/^headrace\.config\.ts: [^\n]+[^.]\.$/);
    expect(parsed.sentence).toContain(`: ${path} `);
    expect(parsed.sentence).toMatch(/ (must (not )?(be|use)|names the origin|is not known here)/);
  });
});

it('defineConfig gives back what it was given', () => {
  expect(defineConfig(WHOLE)).toBe(WHOLE);
});
