import { describe, expect, it } from 'vitest';
import type { RouteConfig } from '../../../shared/config/config.ts';
import { createRoutes } from '../../../shared/config/route.ts';
import { PROFILES } from '../../../shared/http/policy.ts';

const SETTINGS = { profile: 'safe', compress: true, tracking: 'keep', forwardHeaders: ['x-tenant'] } as const;
const select = (path: string, ...configs: RouteConfig[]) => createRoutes(configs, SETTINGS).select(path);
const matches = (pattern: string, path: string) =>
  select(path, { match: pattern, origin: 'matched' }).origin === 'matched';

describe('a pattern', () => {
  it.each([
    ['/a', ['/a'], ['/', '/a/', '/ab', '/a/b', '/A', 'x/a']],
    ['/a/:id', ['/a/1', '/a/%2F', '/a/:id'], ['/a/', '/a/1/', '/a/1/2', '/a']],
    ['/a/:id/b', ['/a/1/b'], ['/a//b', '/a/1/2/b']],
    ['/a/*', ['/a/', '/a/b/c'], ['/a', '/b/a/']],
    ['/*.js', ['/x.js', '/a/b.js', '/.js'], ['/xjs', '/x.json']],
    ['/*/img/*.png', ['/a/img/b.png', '/a/img/b/img/c.png', '//img/.png'], ['/img/a.png', '/a/img/b.gif']],
    ['/*ab*ab*', ['/abab', '/xababx', '/aab-aab'], ['/ab', '/aba', '/ba-ab']],
    ['/*/:id/*', ['/a/b/c', '/a/b/c/d', '//b/'], ['/a/b', '/a//']],
    ['/:file.json', ['/a.json', '/a.b.json'], ['/a/b.json', '/.json', '/axjson']],
    ['/a+(b)[c]?{1}^$|\\', ['/a+(b)[c]?{1}^$|\\'], ['/aab', '/a']],
    ['/:from-:to', ['/a-b', '/a-b-c'], ['/a', '/-b']],
  ])('%s', (pattern, inside, outside) => {
    expect(inside.filter(path => !matches(pattern, path))).toEqual([]);
    expect(outside.filter(path => matches(pattern, path))).toEqual([]);
  });

  it('the first route with one that matches decides', () => {
    const configs: RouteConfig[] = [
      { match: '/a/b', origin: 'first' },
      { match: ['/x', '/a/*'], origin: 'second' },
      { match: '/*', origin: 'third' },
    ];
    const chosen = ['/a/b', '/a/c', '/x', '/y'].map(path => select(path, ...configs).origin);
    expect(chosen).toEqual(['first', 'second', 'second', 'third']);
  });
});

describe('a route', () => {
  it('that none is has the profile and the headers of the settings', () => {
    expect(select('/any')).toMatchObject({
      policy: PROFILES.safe,
      origin: undefined,
      timeoutMs: undefined,
      rule: '/*',
      key: { headers: [], facets: undefined },
      cors: false,
      responseHeaders: [],
      security: undefined,
      compress: true,
      forwardHeaders: ['x-tenant'],
    });
    expect(select('/any').tags('/any')).toEqual([]);
  });

  it('adds to its profile what it says itself, to the millisecond', () => {
    const { policy } = select('/', { match: '/', profile: 'static', ttl: '1500ms', swr: '1m', sie: '1h' });
    expect(policy).toEqual({
      ...PROFILES.static,
      ttlSeconds: 1.5,
      staleWhileRevalidateSeconds: 60,
      staleIfErrorSeconds: 3_600,
    });
    expect(select('/', { match: '/', ttl: '0s' }).policy.ttlSeconds).toBe(0);
  });

  it('gives errors a lifetime of their own, by status', () => {
    const { policy } = select('/', { match: '/', errorTtl: { 404: '1m', 503: '500ms' } });
    expect(policy.errorTtlSeconds).toEqual({ 404: 60, 503: 0.5 });
    expect(select('/', { match: '/' }).policy.errorTtlSeconds).toBeUndefined();
  });

  it('knows header names in lower case', () => {
    const config: RouteConfig = {
      match: '/',
      key: { headers: ['Accept-Language'], cookies: ['currency'] },
      cors: true,
      headers: { forward: ['X-Flag'], response: { 'X-Shop': 'a' }, security: true },
      timeout: '3s',
    };
    expect(select('/', config)).toMatchObject({
      key: { headers: ['accept-language', 'cookie', 'origin'] },
      cors: true,
      responseHeaders: [['x-shop', 'a']],
      security: {},
      forwardHeaders: ['x-tenant', 'x-flag'],
      timeoutMs: 3_000,
    });
  });
});

describe('the tags of a route', () => {
  const tagsOf = (path: string, tags: string[], match: string | string[] = ['/p/:id/:kind', '/q/:id']) =>
    select(path, { match, tags }).tags(path);

  it('take the text of the segments they name', () => {
    expect(tagsOf('/p/7/big', ['all', 'p-:id', ':kind:id'])).toEqual(['all', 'p-7', 'big7']);
    expect(tagsOf('/q/8', ['p-:id'])).toEqual(['p-8']);
  });

  it('leave names that the path does not have', () => {
    expect(tagsOf('/p/7/big', ['type:other', 'a:', ':constructor'])).toEqual([
      'type:other',
      'a:',
      ':constructor',
    ]);
  });

  it('are left out when the text makes no tag', () => {
    expect(tagsOf('/q/a,b', ['p-:id', 'all'])).toEqual(['all']);
    expect(tagsOf(`/q/${'x'.repeat(300)}`, ['p-:id', 'all'])).toEqual(['all']);
  });

  it('do not read the text as a pattern of its own', () => {
    expect(tagsOf('/p/$&:kind/x', ['p-:id'])).toEqual(['p-$&:kind']);
  });
});
