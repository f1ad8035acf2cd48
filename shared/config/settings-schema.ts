/**
 * What each setting must look like, with the end of the sentence that says so: the setting's name comes before it. The value
 * never does, because it may be a secret.
 *
 * Shape   a setting's name -> the schema of its text
 * Cost    zod/mini, and built where the setting is given: each isolate pays for it before its first answer
 */

import * as z from 'zod/mini';

export const PROFILE_NAMES = ['safe', 'strict', 'static'] as const;
export const PRESET_NAMES = ['development', 'costOptimized', 'highPerformance'] as const;
export const MODES = ['on', 'observe', 'off'] as const;

const url = (what: string, protocols: readonly string[]) =>
  z.string().check(
    z.refine(text => protocols.includes(protocolOf(text)), {
      error: `must be ${what}, for example ${protocols[0]}//host`,
      abort: true,
    }),
  );

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : '';
}

const wholeNumber = (least: number, most: number, what: string) =>
  z.pipe(
    z
      .string()
      .check(
        z.refine(
          text => /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most,
          `must be ${what}`,
        ),
      ),
    z.transform(Number),
  );

const list = () =>
  z.pipe(
    z.string(),
    z.transform((text): string[] =>
      text
        .split(',')
        .map(item => item.trim())
        .filter(Boolean),
    ),
  );

/** A key or a token: its look is its maker's business. */
const visible = () => z.string().check(z.regex(/^[!-~]+$/, 'must be visible ASCII characters'));

const oneOf = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  z.enum(names, { error: `must be one of ${names.join(', ')}` });

export const SETTING_SCHEMAS = {
  PORT: () => wholeNumber(0, 65_535, 'a port from 0 to 65535, where 0 takes any free one'),
  HOST: () => z.string().check(z.regex(/^[A-Za-z0-9.:_[\]-]+$/, 'must be an address or the name of a host')),
  ORIGIN_URL: () =>
    url('the address of your origin', ['http:', 'https:']).check(
      z.refine(isBareOrigin, 'must be scheme, host and port only; paths come from the requests'),
    ),
  ORIGIN_TIMEOUT_MS: () => wholeNumber(1, 600_000, 'a number of milliseconds from 1 to 600000'),
  ADMIN_TOKEN: () =>
    list().check(
      z.refine(tokens => tokens.length <= 2, 'takes at most two tokens, by comma'),
      z.refine(
        tokens => tokens.length > 0 && tokens.every(token => /^[!-~]{32,}$/.test(token)),
        'must be at least 32 characters, all of them visible ASCII',
      ),
    ),
  FORWARD_HEADERS: () =>
    z.pipe(
      list().check(z.refine(names => names.every(isFieldName), 'must be header names, by comma')),
      z.transform((names): string[] => names.map(name => name.toLowerCase())),
    ),
  UPSTASH_REDIS_REST_URL: () => url('the REST address of Redis', ['https:', 'http:']),
  UPSTASH_REDIS_REST_TOKEN: () => z.string(),
  DATABASE_URL: () => url('the address of a Postgres database', ['postgres:', 'postgresql:']),
  AWS_ENDPOINT_URL: () => url('the address of AWS or of an emulator', ['https:', 'http:']),
  AWS_REGION: () =>
    z.string().check(z.regex(/^[a-z]{2}(-[a-z]+)+-\d+$/, 'must be a region, for example eu-central-1')),
  AWS_ACCESS_KEY_ID: () => visible(),
  AWS_SECRET_ACCESS_KEY: () => visible(),
  AWS_SESSION_TOKEN: () => visible(),
  IMAGE_FUNCTION_URL: () =>
    url('the address of the image function', ['https:', 'http:']).check(
      z.refine(isBareOrigin, 'must be scheme, host and port only'),
    ),
  IMAGE_SIGNING_KEYS: () =>
    list().check(
      z.refine(
        keys => keys.length > 0 && keys.every(key => /^[!-~]{32,}$/.test(key)),
        'must be at least 32 characters each, all of them visible ASCII, by comma',
      ),
    ),
  JOBS_QUEUE_URL: () =>
    url('what the URLs of the queues begin with', ['https:', 'http:']).check(
      z.refine(
        text => /^https?:\/\/[^/?#]+\/\d{12}\/[A-Za-z0-9_-]*$/.test(text),
        'must have the account and what comes before the names of the queues: https://sqs.eu-central-1.amazonaws.com/123456789012/headrace-',
      ),
    ),
  JOBS_PAYLOAD_URL: () =>
    url('where the bucket of the functions is', ['https:', 'http:']).check(
      z.refine(text => text.endsWith('/') && !/[?#]/.test(text), 'must end with a slash'),
    ),
  ASSETS_URL: () =>
    url('where the bucket of assets is', ['https:', 'http:']).check(
      z.refine(text => text.endsWith('/') && !/[?#]/.test(text), 'must end with a slash'),
    ),
  JOBS_REDIS_REST_URL: () => url('the REST address of Redis', ['https:', 'http:']),
  JOBS_REDIS_REST_TOKEN: () => z.string(),
  FUNCTIONS_URL: () =>
    url('what the URLs begin with at which functions are invoked', ['https:', 'http:']).check(
      z.refine(
        text => /^https?:\/\/[^/?#]+\/2015-03-31\/functions\/[\w-]*$/.test(text),
        'must have what comes before the names of the functions: https://lambda.eu-central-1.amazonaws.com/2015-03-31/functions/headrace-',
      ),
    ),
  OUTBOX_POLL_MS: () => wholeNumber(0, 60_000, 'a number of milliseconds from 0 to 60000'),
  HEADRACE_PROFILE: () => oneOf(PROFILE_NAMES),
  HEADRACE_PRESET: () => oneOf(PRESET_NAMES),
  HEADRACE_BASE: () =>
    z
      .string()
      .check(
        z.regex(
          /^(\/(?!\.\.?(\/|$))[A-Za-z0-9._~-]+)+$/,
          'must be a path such as /headrace, without a slash at its end',
        ),
      ),
  HEADRACE_MODE: () => oneOf(MODES),
} satisfies Record<string, () => z.ZodMiniType<unknown, string>>;

/** Only what was given. */
export type GivenSettings = {
  -readonly [Name in keyof typeof SETTING_SCHEMAS]?: z.output<ReturnType<(typeof SETTING_SCHEMAS)[Name]>>;
};

/** Of no use one without the other. */
export const PAIRS = [
  ['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'],
  ['UPSTASH_REDIS_REST_TOKEN', 'UPSTASH_REDIS_REST_URL'],
  ['JOBS_REDIS_REST_URL', 'JOBS_REDIS_REST_TOKEN'],
  ['JOBS_REDIS_REST_TOKEN', 'JOBS_REDIS_REST_URL'],
  // Its requests are signed.
  ['IMAGE_FUNCTION_URL', 'AWS_ACCESS_KEY_ID'],
  ['FUNCTIONS_URL', 'AWS_ACCESS_KEY_ID'],
  ['ASSETS_URL', 'AWS_ACCESS_KEY_ID'],
  ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
  ['AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID'],
] as const;

function isFieldName(text: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text);
}

/** Scheme, host and port of an address, and nothing that would be dropped without a word. */
export function isBareOrigin(text: string): boolean {
  const { pathname, search, hash, username, password } = new URL(text);
  return pathname === '/' && !search && !hash && !username && !password;
}
