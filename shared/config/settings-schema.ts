/**
 * What each setting must look like, with the end of the sentence that says so: the setting's name comes before it. The value
 * never does, because it may be a secret.
 *
 * Shape   texts by name, absent where not given -> values
 */

import * as z from 'zod';

export const PROFILE_NAMES = ['safe', 'strict', 'static'] as const;
export const PRESET_NAMES = ['development', 'costOptimized', 'highPerformance'] as const;
export const MODES = ['on', 'observe', 'off'] as const;

const url = (what: string, protocols: readonly string[]) =>
  z.string().refine(text => protocols.includes(protocolOf(text)), {
    message: `must be ${what}, for example ${protocols[0]}//host`,
    abort: true,
  });

function protocolOf(text: string): string {
  return URL.canParse(text) ? new URL(text).protocol : '';
}

const wholeNumber = (least: number, most: number, what: string) =>
  z
    .string()
    .refine(text => /^\d{1,9}$/.test(text) && Number(text) >= least && Number(text) <= most, {
      message: `must be ${what}`,
    })
    .transform(Number);

const list = z.string().transform(text =>
  text
    .split(',')
    .map(item => item.trim())
    .filter(Boolean),
);

const oneOf = <const Names extends readonly [string, ...string[]]>(names: Names) =>
  z.enum(names, { error: `must be one of ${names.join(', ')}` });

export const SETTINGS_SCHEMA = z
  .object({
    PORT: wholeNumber(0, 65_535, 'a port from 0 to 65535, where 0 takes any free one').default(8787),
    HOST: z
      .string()
      .regex(/^[A-Za-z0-9.:_[\]-]+$/, 'must be an address or the name of a host')
      .default('127.0.0.1'),
    ORIGIN_URL: url('the address of your origin', ['http:', 'https:'])
      .refine(isBareOrigin, 'must be scheme, host and port only; paths come from the requests')
      .optional(),
    ORIGIN_TIMEOUT_MS: wholeNumber(1, 600_000, 'a number of milliseconds from 1 to 600000').optional(),
    ADMIN_TOKEN: list
      .refine(tokens => tokens.length <= 2, 'takes at most two tokens, by comma')
      .refine(
        tokens => tokens.length > 0 && tokens.every(token => /^[!-~]{32,}$/.test(token)),
        'must be at least 32 characters, all of them visible ASCII',
      )
      .default([]),
    FORWARD_HEADERS: list
      .refine(names => names.every(isFieldName), 'must be header names, by comma')
      .transform(names => names.map(name => name.toLowerCase()))
      .default([]),
    UPSTASH_REDIS_REST_URL: url('the REST address of Redis', ['https:', 'http:']).optional(),
    UPSTASH_REDIS_REST_TOKEN: z.string().optional(),
    DATABASE_URL: url('the address of a Postgres database', ['postgres:', 'postgresql:']).optional(),
    AWS_ENDPOINT_URL: url('the address of AWS or of an emulator', ['https:', 'http:']).optional(),
    HEADRACE_PROFILE: oneOf(PROFILE_NAMES).default('safe'),
    HEADRACE_PRESET: oneOf(PRESET_NAMES).optional(),
    HEADRACE_BASE: z
      .string()
      .regex(
        /^(\/(?!\.\.?(\/|$))[A-Za-z0-9._~-]+)+$/,
        'must be a path such as /headrace, without a slash at its end',
      )
      .default(''),
    HEADRACE_MODE: oneOf(MODES).default('on'),
  })
  .superRefine((given, context) => {
    for (const [name, partner] of REDIS_PAIR) {
      if (given[name] !== undefined && given[partner] === undefined) {
        context.addIssue({ code: 'custom', path: [partner], message: `must be given together with ${name}` });
      }
    }
  });

const REDIS_PAIR = [
  ['UPSTASH_REDIS_REST_URL', 'UPSTASH_REDIS_REST_TOKEN'],
  ['UPSTASH_REDIS_REST_TOKEN', 'UPSTASH_REDIS_REST_URL'],
] as const;

function isFieldName(text: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(text);
}

/** Scheme, host and port of an address, and nothing that would be dropped without a word. */
export function isBareOrigin(text: string): boolean {
  const { pathname, search, hash, username, password } = new URL(text);
  return pathname === '/' && !search && !hash && !username && !password;
}
