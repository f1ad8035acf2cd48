import { describe, expect, it } from 'vitest';
import { type Environment, parseSettings, SETTINGS } from '../../../shared/config/settings.ts';
import { isBareOrigin } from '../../../shared/config/settings-schema.ts';

const PAIR = { UPSTASH_REDIS_REST_URL: 'https://r.test', UPSTASH_REDIS_REST_TOKEN: 't' };
const SECRET = 'hunter2secret';

/** Each wrong value, and words its sentence must have. */
const WRONG: Record<string, readonly [string, RegExp][]> = {
  PORT: ['x', '-1', '65536', '1.5', '0x50', '8e3', '80 81'].map(port => [port, /port from 0 to 65535/]),
  HOST: ['a b', 'http://x', '127.0.0.1/8', 'a,b'].map(host => [host, /address or the name of a host/]),
  ORIGIN_URL: [
    [SECRET, /address of your origin, for example http:/],
    ['shop.test', /address of your origin/],
    ['ftp://shop.test', /address of your origin/],
    ['http://shop.test/path', /scheme, host and port only/],
    ['http://shop.test/?a', /scheme, host and port only/],
    ['http://shop.test/#a', /scheme, host and port only/],
    [`http://user:${SECRET}@shop.test`, /scheme, host and port only/],
  ],
  ORIGIN_TIMEOUT_MS: ['0', '600001', '1s', '-5', '1e3'].map(ms => [ms, /from 1 to 600000/]),
  ADMIN_TOKEN: [
    [SECRET, /at least 32 characters/],
    [`${'a'.repeat(32)},${SECRET}`, /at least 32 characters/],
    [',', /at least 32 characters/],
    [`${SECRET} ${'a'.repeat(32)}`, /visible ASCII/],
    [`${SECRET}${'ü'.repeat(32)}`, /visible ASCII/],
    [[1, 2, 3].map(i => SECRET.repeat(4) + i).join(), /at most two/],
  ],
  FORWARD_HEADERS: ['a b', 'a:', 'x-a,x b', 'ü'].map(names => [names, /header names/]),
  UPSTASH_REDIS_REST_URL: [
    [`redis://default:${SECRET}@r.test`, /REST address of Redis, for example https:/],
    [SECRET, /REST address of Redis/],
  ],
  DATABASE_URL: [
    [`mysql://root:${SECRET}@db.test`, /Postgres/],
    [SECRET, /Postgres/],
  ],
  AWS_ENDPOINT_URL: [['localhost:4566', /AWS or of an emulator/]],
  AWS_REGION: ['eu-central', 'EU-central-1', 'eu_central_1'].map(region => [region, /eu-central-1/]),
  AWS_ACCESS_KEY_ID: [[`${SECRET} ${SECRET}`, /visible ASCII/]],
  AWS_SECRET_ACCESS_KEY: [[`${SECRET}\n${SECRET}`, /visible ASCII/]],
  AWS_SESSION_TOKEN: [[`${SECRET} ${SECRET}`, /visible ASCII/]],
  IMAGE_FUNCTION_URL: [
    [SECRET, /the address of the image function, for example https:/],
    ['https://abc.on.aws/images', /scheme, host and port only/],
  ],
  IMAGE_SIGNING_KEYS: [
    [SECRET, /at least 32 characters/],
    [`${'a'.repeat(32)},${SECRET}`, /at least 32 characters/],
    [',', /at least 32 characters/],
  ],
  JOBS_QUEUE_URL: [
    [SECRET, /URLs of the queues begin with/],
    ['https://sqs.eu-central-1.amazonaws.com/', /the account/],
    ['https://sqs.eu-central-1.amazonaws.com/123/headrace-', /the account/],
    ['https://sqs.eu-central-1.amazonaws.com/123456789012/headrace-?a', /the account/],
  ],
  JOBS_PAYLOAD_URL: [
    [SECRET, /bucket of the functions/],
    ['https://data.s3.amazonaws.com', /end with a slash/],
    ['https://data.s3.amazonaws.com/?x/', /end with a slash/],
  ],
  ASSETS_URL: [
    [SECRET, /bucket of assets/],
    ['https://assets.s3.amazonaws.com', /end with a slash/],
    ['https://assets.s3.amazonaws.com/?x/', /end with a slash/],
  ],
  JOBS_REDIS_REST_URL: [[SECRET, /REST address of Redis/]],
  FUNCTIONS_URL: [
    [SECRET, /begin with at which functions are invoked/],
    ['https://lambda.eu-central-1.amazonaws.com/', /before the names of the functions/],
    ['https://lambda.eu-central-1.amazonaws.com/2015-03-31/functions/a/', /before the names/],
  ],
  OUTBOX_POLL_MS: ['-1', '1s', '60001'].map(value => [value, /milliseconds from 0 to 60000/]),
  HEADRACE_PROFILE: [['Safe', /one of safe, strict, static/]],
  HEADRACE_PRESET: [['fast', /one of development, costOptimized, highPerformance/]],
  HEADRACE_BASE: ['/', 'x', '/a/', '/a//b', '/a b', '/..', '/a/../b', '/.', '/a?b'].map(base => [
    base,
    /a path such as \/headrace/,
  ]),
  HEADRACE_MODE: [['true', /one of on, observe, off/]],
};

const cases = Object.entries(WRONG).flatMap(([name, values]) =>
  values.map(([value, words]) => [name, value, words] as const),
);

describe('a wrong setting', () => {
  it.each(cases)(
    '%s=%s is one sentence that names it and keeps its value to itself',
    (name, value, words) => {
      const parsed = parseSettings({ ...PAIR, [name]: value });
      if (parsed.ok) expect.fail('was accepted');
      expect(parsed.setting).toBe(name);
      expect(parsed.sentence).toMatch(words);
      expect(parsed.sentence).toMatch(/^[A-Z_]+ [^\n]+[^.]\.$/);
      expect(parsed.sentence.startsWith(`${name} `)).toBe(true);
      expect(parsed.sentence).not.toContain(SECRET);
    },
  );

  it('is tested for every setting that can be wrong', () => {
    const free = ['UPSTASH_REDIS_REST_TOKEN', 'JOBS_REDIS_REST_TOKEN'];
    expect([...Object.keys(WRONG), ...free].sort()).toEqual(Object.keys(SETTINGS).sort());
  });

  it.each([
    ['UPSTASH_REDIS_REST_TOKEN', { UPSTASH_REDIS_REST_URL: 'https://r.test' }],
    ['UPSTASH_REDIS_REST_URL', { UPSTASH_REDIS_REST_TOKEN: SECRET }],
    ['JOBS_REDIS_REST_TOKEN', { JOBS_REDIS_REST_URL: 'https://r.test' }],
    ['AWS_SECRET_ACCESS_KEY', { AWS_ACCESS_KEY_ID: SECRET }],
    ['AWS_ACCESS_KEY_ID', { IMAGE_FUNCTION_URL: 'https://abc.on.aws' }],
  ])('is %s where only its partner is given', (name, environment: Environment) => {
    const parsed = parseSettings(environment);
    if (parsed.ok) expect.fail('was accepted');
    expect(parsed.sentence).toBe(`${name} must be given together with ${Object.keys(environment)[0]}.`);
  });
});

describe('isBareOrigin', () => {
  it.each([
    ['http://a.test', true],
    ['http://a.test/', true],
    ['https://[::1]:8443', true],
    ['http://a.test//', false],
    ['http://a@a.test', false],
  ])('%s: %s', (text, bare) => expect(isBareOrigin(text)).toBe(bare));
});
