/**
 * The settings people give by environment: what each means, its default, and one sentence for each way to get it wrong.
 *
 * Shape   environment -> Settings | the wrong setting and a sentence that names it
 * Errors  none thrown; an empty text counts as not given
 */

import {
  type GivenSettings,
  type MODES,
  PAIRS,
  type PRESET_NAMES,
  type PROFILE_NAMES,
  SETTING_SCHEMAS,
} from './settings-schema.ts';

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
  AWS_REGION: 'region of the queues and functions',
  AWS_ACCESS_KEY_ID: 'whose name requests to AWS are signed in',
  AWS_SECRET_ACCESS_KEY: 'what they are signed with',
  AWS_SESSION_TOKEN: 'of credentials that end',
  IMAGE_FUNCTION_URL: 'the image function; its requests are signed',
  IMAGE_SIGNING_KEYS: 'what image URLs are signed with, by comma; the first signs, all verify',
  JOBS_QUEUE_URL: 'what the URL of every queue begins with',
  JOBS_PAYLOAD_URL: 'what the URL of every payload begins with that is too large for a row',
  ASSETS_URL: 'what the URL of every published file begins with in its bucket; the origin `assets`',
  JOBS_REDIS_REST_URL: 'Redis over HTTP, for the jobs alone',
  JOBS_REDIS_REST_TOKEN: 'token of it',
  FUNCTIONS_URL: 'what the URL begins with at which a function is invoked; its requests are signed',
  OUTBOX_POLL_MS: 'how often the drain looks for changes of the database within a minute; 0: once',
  HEADRACE_PROFILE: 'cache profile of routes that name none',
  HEADRACE_PRESET: 'levels and limits to start from',
  HEADRACE_BASE: "prefix of Headrace's own routes",
  HEADRACE_MODE: 'on, observe (decide and report, never serve from the cache), off (a pure proxy)',
} as const;

export type SettingName = keyof typeof SETTINGS;
export type Environment = Readonly<Record<string, string | undefined>>;

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

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
  readonly awsRegion: string;
  readonly awsCredentials: AwsCredentials | undefined;
  readonly imageFunctionUrl: string | undefined;
  /** None: image URLs need no signature. */
  readonly imageSigningKeys: readonly string[];
  /** A queue's URL is this with its name behind it. */
  readonly jobsQueueUrl: string | undefined;
  /** Where payloads lie that are too large for a row; without it they are refused. */
  readonly jobsPayloadUrl: string | undefined;
  /** The bucket that the origin `assets` reads, and browsers upload into. */
  readonly assetsUrl: string | undefined;
  /** The cache's, where the jobs have none of their own. */
  readonly jobsRedis: { readonly url: string; readonly token: string } | undefined;
  /** Where a function is invoked is this with its name behind it. */
  readonly functionsUrl: string | undefined;
  readonly outboxPollMs: number | undefined;
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
  const given: Record<string, unknown> = {};
  for (const name of Object.keys(SETTINGS) as SettingName[]) {
    const text = environment[name]?.trim();
    if (!text) continue;
    const parsed = SETTING_SCHEMAS[name]().safeParse(text);
    if (!parsed.success) return wrong(name, parsed.error.issues[0]?.message);
    given[name] = parsed.data;
  }
  const alone = PAIRS.find(([name, partner]) => name in given && !(partner in given));
  if (alone) return wrong(alone[1], `must be given together with ${alone[0]}`);
  return { ok: true, settings: settingsOf(given, defaults.preset) };
}

function wrong(setting: SettingName, words = 'is wrong'): ParsedSettings {
  return { ok: false, setting, sentence: `${setting} ${words}.` };
}

function settingsOf(given: GivenSettings, preset: Settings['preset']): Settings {
  const redis = redisOf(given.UPSTASH_REDIS_REST_URL, given.UPSTASH_REDIS_REST_TOKEN);
  return {
    port: given.PORT ?? 8787,
    host: given.HOST ?? '127.0.0.1',
    originUrl: given.ORIGIN_URL && new URL(given.ORIGIN_URL).origin,
    originTimeoutMs: given.ORIGIN_TIMEOUT_MS,
    adminTokens: given.ADMIN_TOKEN ?? [],
    forwardHeaders: given.FORWARD_HEADERS ?? [],
    redis,
    databaseUrl: given.DATABASE_URL,
    awsEndpointUrl: given.AWS_ENDPOINT_URL,
    awsRegion: given.AWS_REGION ?? 'us-east-1',
    awsCredentials: credentialsOf(given),
    imageFunctionUrl: given.IMAGE_FUNCTION_URL && new URL(given.IMAGE_FUNCTION_URL).origin,
    imageSigningKeys: given.IMAGE_SIGNING_KEYS ?? [],
    jobsQueueUrl: given.JOBS_QUEUE_URL,
    jobsPayloadUrl: given.JOBS_PAYLOAD_URL,
    assetsUrl: given.ASSETS_URL,
    jobsRedis: redisOf(given.JOBS_REDIS_REST_URL, given.JOBS_REDIS_REST_TOKEN) ?? redis,
    functionsUrl: given.FUNCTIONS_URL,
    outboxPollMs: given.OUTBOX_POLL_MS,
    profile: given.HEADRACE_PROFILE ?? 'safe',
    preset: given.HEADRACE_PRESET ?? preset,
    base: given.HEADRACE_BASE ?? '',
    mode: given.HEADRACE_MODE ?? 'on',
  };
}

function redisOf(url: string | undefined, token: string | undefined): Settings['redis'] {
  return url && token ? { url: url.replace(/\/+$/, ''), token } : undefined;
}

function credentialsOf(given: GivenSettings): AwsCredentials | undefined {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = given;
  if (!accessKeyId || !secretAccessKey) return undefined;
  const { AWS_SESSION_TOKEN: sessionToken } = given;
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}
