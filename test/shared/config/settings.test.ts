import { describe, expect, it } from 'vitest';
import { type Environment, parseSettings } from '../../../shared/config/settings.ts';

function settingsOf(
  environment: Environment,
  ...defaults: Parameters<typeof parseSettings> extends [unknown, ...infer Rest] ? Rest : never
) {
  const parsed = parseSettings(environment, ...defaults);
  return parsed.ok ? parsed.settings : expect.fail(parsed.sentence);
}

describe('parseSettings', () => {
  it('has a default for everything but what only the user can know', () => {
    expect(settingsOf({})).toEqual({
      port: 8787,
      host: '127.0.0.1',
      originUrl: undefined,
      originTimeoutMs: undefined,
      adminTokens: [],
      forwardHeaders: [],
      redis: undefined,
      databaseUrl: undefined,
      awsEndpointUrl: undefined,
      awsRegion: 'us-east-1',
      awsCredentials: undefined,
      imageFunctionUrl: undefined,
      imageSigningKeys: [],
      jobsQueueUrl: undefined,
      jobsPayloadUrl: undefined,
      jobsRedis: undefined,
      profile: 'safe',
      preset: 'highPerformance',
      base: '',
      mode: 'on',
    });
  });

  it('takes what is given', () => {
    const tokens = ['a'.repeat(32), 'b'.repeat(40)];
    const settings = settingsOf({
      PORT: '0',
      HOST: '::1',
      ORIGIN_URL: 'HTTP://Shop.test:80/',
      ORIGIN_TIMEOUT_MS: '600000',
      ADMIN_TOKEN: tokens.join(' , '),
      FORWARD_HEADERS: 'X-Tenant, x-flag,,',
      UPSTASH_REDIS_REST_URL: 'https://r.test//',
      UPSTASH_REDIS_REST_TOKEN: 't',
      DATABASE_URL: 'postgresql://u:p@db.test/shop?sslmode=require',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4566',
      AWS_REGION: 'eu-central-1',
      AWS_ACCESS_KEY_ID: 'key',
      AWS_SECRET_ACCESS_KEY: 'sec/ret+',
      AWS_SESSION_TOKEN: 'session',
      IMAGE_FUNCTION_URL: 'https://abc.lambda-url.eu-central-1.on.aws/',
      IMAGE_SIGNING_KEYS: tokens.join(' , '),
      JOBS_QUEUE_URL: 'https://sqs.eu-central-1.amazonaws.com/123456789012/shop-',
      JOBS_PAYLOAD_URL: 'https://data.s3.eu-central-1.amazonaws.com/',
      JOBS_REDIS_REST_URL: 'https://jobs.test/',
      JOBS_REDIS_REST_TOKEN: 'j',
      HEADRACE_PROFILE: 'strict',
      HEADRACE_PRESET: 'costOptimized',
      HEADRACE_BASE: '/_perf/v1.2',
      HEADRACE_MODE: 'observe',
    });
    expect(settings).toEqual({
      port: 0,
      host: '::1',
      originUrl: 'http://shop.test',
      originTimeoutMs: 600_000,
      adminTokens: tokens,
      forwardHeaders: ['x-tenant', 'x-flag'],
      redis: { url: 'https://r.test', token: 't' },
      databaseUrl: 'postgresql://u:p@db.test/shop?sslmode=require',
      awsEndpointUrl: 'http://127.0.0.1:4566',
      awsRegion: 'eu-central-1',
      awsCredentials: { accessKeyId: 'key', secretAccessKey: 'sec/ret+', sessionToken: 'session' },
      imageFunctionUrl: 'https://abc.lambda-url.eu-central-1.on.aws',
      imageSigningKeys: tokens,
      jobsQueueUrl: 'https://sqs.eu-central-1.amazonaws.com/123456789012/shop-',
      jobsPayloadUrl: 'https://data.s3.eu-central-1.amazonaws.com/',
      jobsRedis: { url: 'https://jobs.test', token: 'j' },
      profile: 'strict',
      preset: 'costOptimized',
      base: '/_perf/v1.2',
      mode: 'observe',
    });
  });

  it('keeps the jobs where the cache is, unless they have a Redis of their own', () => {
    const cache = { UPSTASH_REDIS_REST_URL: 'https://r.test', UPSTASH_REDIS_REST_TOKEN: 't' };
    const own = { JOBS_REDIS_REST_URL: 'https://jobs.test', JOBS_REDIS_REST_TOKEN: 'j' };
    expect(settingsOf(cache).jobsRedis).toEqual({ url: 'https://r.test', token: 't' });
    expect(settingsOf({ ...cache, ...own }).jobsRedis).toEqual({ url: 'https://jobs.test', token: 'j' });
  });

  it('takes an empty text, and one of spaces, for nothing', () => {
    const empty = {
      PORT: '',
      ADMIN_TOKEN: '  ',
      ORIGIN_URL: '',
      HEADRACE_BASE: '',
      UPSTASH_REDIS_REST_URL: '',
    };
    expect(settingsOf(empty)).toEqual(settingsOf({}));
    expect(settingsOf({ PORT: ' 80 ' }).port).toBe(80);
  });

  it('does not look at what is not its own', () => {
    expect(settingsOf({ PATH: '/bin', constructor: 'x', HEADRACE_TIER: 'real' })).toEqual(settingsOf({}));
  });

  it('lets the caller say which preset is the default, and the environment win over it', () => {
    const development = { preset: 'development' } as const;
    expect(settingsOf({}, development).preset).toBe('development');
    expect(settingsOf({ HEADRACE_PRESET: 'highPerformance' }, development).preset).toBe('highPerformance');
  });
});
