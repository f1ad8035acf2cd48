/**
 * The settings people give by environment: what each means, its default, and one sentence for each way to get it wrong.
 *
 * Shape   environment -> Settings | the wrong setting and a sentence that names it
 * Errors  none thrown; an empty text counts as not given
 */

import * as z from 'zod';

/** Every setting by name, as the README's table lists them; the meaning is one line for a person. */
export const SETTINGS = {
  PORT: 'port the edge listens on',
  HOST: 'address the edge listens on',
  ORIGIN_URL: "the user's own origin",
  ORIGIN_TIMEOUT_MS: 'how long an origin may take to begin its answer',
  ADMIN_TOKEN: 'bearer token of the admin API; two by comma for rotation',
  FORWARD_HEADERS: 'request headers forwarded without being part of the cache key',
  UPSTASH_REDIS_REST_URL: 'Redis over HTTP',
  UPSTASH_REDIS_REST_TOKEN: 'token of Redis over HTTP',
  DATABASE_URL: 'Postgres',
  AWS_ENDPOINT_URL: 'S3 and SQS',
  HEADRACE_PROFILE: 'cache profile of routes that name none',
  HEADRACE_PRESET: 'levels and limits to start from',
  HEADRACE_BASE: "prefix of Headrace's own routes",
  HEADRACE_MODE: 'on, observe (decide and report, never serve from the cache), off (a pure proxy)',
} as const;

export type SettingName = keyof typeof SETTINGS;
export type Environment = Readonly<Record<string, string | undefined>>;

export const PROFILE_NAMES = ['safe', 'strict', 'static'] as const;
export const PRESET_NAMES = ['development', 'costOptimized', 'highPerformance'] as const;
export const MODES = ['on', 'observe', 'off'] as const;

export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly originUrl: string | undefined;
  readonly originTimeoutMs: number | undefined;
  /** None: the admin API is closed. */
  readonly adminTokens: readonly string[];
  readonly forwardHeaders: readonly string[];
  readonly redis: { readonly url: string; readonly token: string } | undefined;
  readonly databaseUrl: string | undefined;
  readonly awsEndpointUrl: string | undefined;
  readonly profile: (typeof PROFILE_NAMES)[number];
  readonly preset: (typeof PRESET_NAMES)[number];
  /** '' or '/prefix', never with a slash at its end. */
  readonly base: string;
  readonly mode: (typeof MODES)[number];
}

export type ParsedSettings =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly setting: SettingName; readonly sentence: string };

export function parseSettings(
  environment: Environment,
  defaults: { readonly preset: Settings['preset'] } = { preset: 'highPerformance' },
): ParsedSettings {
  const given = Object.fromEntries(
    Object.keys(SETTINGS).map(name => [name, environment[name]?.trim() || undefined]),
  );
  const parsed = SCHEMA.safeParse(given);
  if (!parsed.success) return wrong(parsed.error.issues[0]);
  return { ok: true, settings: settingsOf(parsed.data, defaults.preset) };
}

function wrong(issue: z.core.$ZodIssue | undefined): ParsedSettings {
  const setting = (issue?.path[0] ?? 'PORT') as SettingName;
  return { ok: false, setting, sentence: `${setting} ${issue?.message ?? 'is wrong'}.` };
}

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

const SCHEMA = z
  .object({
    PORT: wholeNumber(0, 65_535, 'a port from 0 to 65535, where 0 takes any free one').default(8787),
    HOST: z.string().default('127.0.0.1'),
    ORIGIN_URL: url('the address of your origin', ['http:', 'https:'])
      .refine(isBareOrigin, 'must be scheme, host and port only; paths come from the requests')
      .optional(),
    ORIGIN_TIMEOUT_MS: wholeNumber(1, 600_000, 'a number of milliseconds from 1 to 600000').optional(),
    ADMIN_TOKEN: list
      .refine(tokens => tokens.length <= 2, 'takes at most two tokens, by comma')
      .refine(tokens => tokens.every(token => token.length >= 32), 'must be at least 32 characters')
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
      .regex(/^(\/[A-Za-z0-9._~-]+)+$/, 'must be a path such as /headrace, without a slash at its end')
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

function isBareOrigin(text: string): boolean {
  const { pathname, search, hash, username, password } = new URL(text);
  return pathname === '/' && !search && !hash && !username && !password;
}

function settingsOf(given: z.infer<typeof SCHEMA>, preset: Settings['preset']): Settings {
  const { UPSTASH_REDIS_REST_URL: redisUrl, UPSTASH_REDIS_REST_TOKEN: redisToken } = given;
  return {
    port: given.PORT,
    host: given.HOST,
    originUrl: given.ORIGIN_URL && new URL(given.ORIGIN_URL).origin,
    originTimeoutMs: given.ORIGIN_TIMEOUT_MS,
    adminTokens: given.ADMIN_TOKEN,
    forwardHeaders: given.FORWARD_HEADERS,
    redis: redisUrl && redisToken ? { url: redisUrl.replace(/\/+$/, ''), token: redisToken } : undefined,
    databaseUrl: given.DATABASE_URL,
    awsEndpointUrl: given.AWS_ENDPOINT_URL,
    profile: given.HEADRACE_PROFILE,
    preset: given.HEADRACE_PRESET ?? preset,
    base: given.HEADRACE_BASE,
    mode: given.HEADRACE_MODE,
  };
}
