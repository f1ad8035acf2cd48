import { expect, test } from 'vitest';
import { edgeBindings } from '../../../infra/local/edge-bindings.ts';
import { type ConfigInput, parseConfig } from '../../../shared/config/config.ts';
import { type Environment, parseSettings } from '../../../shared/config/settings.ts';

function bindings(environment: Environment, input: ConfigInput = {}) {
  const settings = parseSettings(environment);
  const config = parseConfig(input);
  if (!settings.ok || !config.ok) throw new Error('the test is wrong');
  return edgeBindings(config.config, settings.settings);
}

test('what the edge reads from its variables is what was set', () => {
  const environment = {
    ORIGIN_URL: 'https://shop.example.com',
    ORIGIN_TIMEOUT_MS: '2500',
    ADMIN_TOKEN: `${'a'.repeat(32)},${'b'.repeat(32)}`,
    FORWARD_HEADERS: 'x-tenant,x-trace',
    UPSTASH_REDIS_REST_URL: 'https://redis.example.com',
    UPSTASH_REDIS_REST_TOKEN: 'secret',
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_SESSION_TOKEN: 'session',
    JOBS_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/123456789012/shop-',
    JOBS_PAYLOAD_URL: 'https://data.s3.eu-central-1.amazonaws.com/',
    JOBS_REDIS_REST_URL: 'https://jobs.example.com',
    JOBS_REDIS_REST_TOKEN: 'secret',
    HEADRACE_PROFILE: 'static',
    HEADRACE_PRESET: 'costOptimized',
    HEADRACE_BASE: '/headrace',
    HEADRACE_MODE: 'observe',
  };
  expect(bindings(environment).variables).toEqual(environment);
});

test('what was not set is not bound', () => {
  const { variables } = bindings({ ORIGIN_URL: 'http://127.0.0.1:3000' });
  expect(Object.keys(variables).sort()).toEqual([
    'HEADRACE_MODE',
    'HEADRACE_PRESET',
    'HEADRACE_PROFILE',
    'ORIGIN_URL',
  ]);
});

test('an origin that wants the client’s Host becomes an upstream, at the address that holds', () => {
  const origins = {
    default: { url: 'https://old.example.com', host: 'client' },
    media: { url: 'https://media.example.com', host: 'client' },
    plain: { url: 'https://plain.example.com' },
  } as const;
  const hosts = { 'www.example.com': 'default' };
  const { upstreams } = bindings({ ORIGIN_URL: 'http://127.0.0.1:3000' }, { origins, hosts });
  expect(Object.entries(upstreams).map(([name, { href }]) => [name, href])).toEqual([
    ['default', 'http://127.0.0.1:3000/'],
    ['media', 'https://media.example.com/'],
  ]);
});

test('without any origin there is nothing to serve: a bad setting', () => {
  expect(() => bindings({})).toThrow(expect.objectContaining({ exitCode: 2 }));
});
