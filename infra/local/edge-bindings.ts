/**
 * What the edge is given at start: the settings as text variables, as on Cloudflare, and the origins that are asked with the
 * client's Host.
 *
 * Shape   config, settings as they hold for this run -> { variables, upstreams, probePath }
 * Errors  StartError (2) when the edge would have no origin
 */

import type { Config } from '../../shared/config/config.ts';
import { createPlan, type Plan } from '../../shared/config/plan.ts';
import type { SettingName, Settings } from '../../shared/config/settings.ts';
import { EXIT, StartError } from './part.ts';

export interface EdgeBindings {
  readonly variables: Readonly<Partial<Record<SettingName, string>>>;
  readonly upstreams: Readonly<Record<string, URL>>;
  /** Headrace's own path, which no origin is asked for: it answers as soon as the edge itself does. */
  readonly probePath: string;
}

export function edgeBindings(config: Config, settings: Settings): EdgeBindings {
  const planned = createPlan(config, settings);
  if (!planned.ok) throw new StartError(EXIT.badSetting, planned.sentence);
  return {
    variables: variablesOf(settings),
    upstreams: clientHostOrigins(planned.plan),
    probePath: `${settings.base}/api/performance/`,
  };
}

function variablesOf(settings: Settings): EdgeBindings['variables'] {
  const { redis, jobsRedis } = settings;
  const ownRedis = jobsRedis?.url === redis?.url ? undefined : jobsRedis;
  const variables: Partial<Record<SettingName, string | undefined>> = {
    ORIGIN_URL: settings.originUrl,
    ORIGIN_TIMEOUT_MS: settings.originTimeoutMs?.toString(),
    ADMIN_TOKEN: settings.adminTokens.join(','),
    FORWARD_HEADERS: settings.forwardHeaders.join(','),
    UPSTASH_REDIS_REST_URL: settings.redis?.url,
    UPSTASH_REDIS_REST_TOKEN: settings.redis?.token,
    AWS_REGION: settings.awsCredentials && settings.awsRegion,
    AWS_ACCESS_KEY_ID: settings.awsCredentials?.accessKeyId,
    AWS_SECRET_ACCESS_KEY: settings.awsCredentials?.secretAccessKey,
    AWS_SESSION_TOKEN: settings.awsCredentials?.sessionToken,
    IMAGE_FUNCTION_URL: settings.imageFunctionUrl,
    IMAGE_SIGNING_KEYS: settings.imageSigningKeys.join(','),
    JOBS_QUEUE_URL: settings.jobsQueueUrl,
    JOBS_PAYLOAD_URL: settings.jobsPayloadUrl,
    ASSETS_URL: settings.assetsUrl,
    JOBS_REDIS_REST_URL: ownRedis?.url,
    JOBS_REDIS_REST_TOKEN: ownRedis?.token,
    FUNCTIONS_URL: settings.functionsUrl,
    HEADRACE_PROFILE: settings.profile,
    HEADRACE_PRESET: settings.preset,
    HEADRACE_BASE: settings.base,
    HEADRACE_MODE: settings.mode,
  };
  // To the edge, an empty text and none are the same.
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value));
}

function clientHostOrigins({ origins }: Plan): EdgeBindings['upstreams'] {
  const wanted = [...origins.values()].filter(({ host }) => host === 'client');
  return Object.fromEntries(wanted.map(({ name, url }) => [name, new URL(url)]));
}
