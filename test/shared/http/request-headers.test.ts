import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyRequestHeader, isNeverForwarded } from '../../../shared/http/request-headers.ts';

const NONE: ReadonlySet<string> = new Set();
const classify = (name: string, { keyed = [] as string[], forwarded = [] as string[] } = {}) =>
  classifyRequestHeader(name, { keyed: new Set(keyed), forwarded: new Set(forwarded) });

const OVERRIDES = [
  'client-ip',
  'cf-connecting-ip',
  'forwarded',
  'forwarded-for',
  'proxy',
  'true-client-ip',
  'x-astro-path',
  'x-client-ip',
  'x-forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-prefix',
  'x-forwarded-proto',
  'x-forwarded-scheme',
  'x-forwarded-server',
  'x-forwarded-ssl',
  'x-host',
  'x-http-method',
  'x-http-method-override',
  'x-invoke-path',
  'x-matched-path',
  'x-method-override',
  'x-middleware-prefetch',
  'x-middleware-subrequest',
  'x-now-route-matches',
  'x-original-host',
  'x-original-url',
  'x-real-ip',
  'x-rewrite-url',
  'x_forwarded_host',
  'x-forwarded_host',
  'x.forwarded.host',
];

describe('on a cacheable request', () => {
  it.each(['accept', 'authorization', 'cache-control', 'cookie', 'traceparent'])('%s goes', name => {
    expect(classify(name)).toBe('forward');
  });

  it.each(OVERRIDES)('%s never goes, not even when Vary names it', name => {
    expect(classify(name)).toBe('drop');
    expect(classify(name, { keyed: [name] })).toBe('drop');
  });

  it('an override goes where the operator names it', () => {
    expect(classify('cf-access-jwt-assertion', { forwarded: ['cf-access-jwt-assertion'] })).toBe('forward');
  });

  it.each([
    'accept-language',
    'available-dictionary',
    'dnt',
    'origin',
    'priority',
    'referer',
    'save-data',
    'sec-ch-ua-mobile',
    'sec-fetch-site',
    'sec-gpc',
    'upgrade-insecure-requests',
    'user-agent',
    'x-request-id',
  ])('%s stays here, and goes when it is keyed or promised', name => {
    expect(classify(name)).toBe('quiet');
    expect(classify(name, { keyed: [name] })).toBe('forward');
    expect(classify(name, { forwarded: [name] })).toBe('forward');
  });

  it.each(['content-type', 'prefer', 'rsc', 'x-api-key', 'x-anything', 'x-requested-with'])(
    '%s goes, but the answer is not to be stored unless it names it',
    name => {
      expect(classify(name)).toBe('unknown');
      expect(classify(name, { keyed: [name] })).toBe('forward');
    },
  );

  it.each([
    'accept-encoding',
    'cdn-loop',
    'content-length',
    'expect',
    'host',
    'if-match',
    'if-modified-since',
    'if-none-match',
    'if-range',
    'if-unmodified-since',
    'range',
    'via',
  ])('%s is written by Headrace, whatever else is said of it', name => {
    expect(classify(name, { keyed: [name], forwarded: [name] })).toBe('own');
  });

  it.each(['connection', 'keep-alive', 'proxy-authorization', 'te', 'transfer-encoding', 'upgrade'])(
    '%s belongs to the connection',
    name => {
      expect(classify(name, { keyed: [name], forwarded: [name] })).toBe('drop');
    },
  );
});

describe('on any request', () => {
  it.each(OVERRIDES)('%s is never forwarded', name => {
    expect(isNeverForwarded(name, NONE)).toBe(true);
  });

  it.each(['if-match', 'range', 'origin', 'user-agent', 'x-anything', 'content-type', 'sec-websocket-key'])(
    '%s is',
    name => {
      expect(isNeverForwarded(name, NONE)).toBe(false);
    },
  );
});

it('nothing with a character beyond letters, digits and hyphens gets through, whatever its name', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z-]*[_.!~|]+[a-z-]*$/), name => {
      expect(classify(name, { keyed: [name] })).toBe('drop');
    }),
  );
});
