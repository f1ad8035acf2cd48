/**
 * What the functions find in their environment here: the same variables as in the cloud, with the addresses of this run.
 *
 * Shape   configuration, settings as they hold for this run, where edge and database are -> variables
 */

import type { Config } from '../../shared/config/config.ts';
import { PRESETS } from '../../shared/config/presets.ts';
import type { Settings } from '../../shared/config/settings.ts';
import { type Deployed, functionEnvironment } from '../function-environment.ts';
import { imagesOf } from '../images-of.ts';
import { topology } from '../topology.ts';
import { LOCAL_ACCOUNT } from './aws/emulator-stores.ts';

export interface RunningPlaces {
  readonly config: Config;
  readonly settings: Settings;
  readonly edgeUrl: string;
  readonly databaseUrl: string;
  /** The person's own: a secret comes from there that is put in the cloud's keeping elsewhere. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

export function functionsEnvironment(places: RunningPlaces): Record<string, string> {
  const { config, settings, edgeUrl, databaseUrl, environment } = places;
  const images = imagesOf(config, settings);
  const imageKeys = settings.imageSigningKeys.join(',');
  const cdns = { settings: config.cdns, secrets: environment.CDN_SECRETS };
  return {
    ...deployedEnvironment({ edgeUrl, images, imageKeys, cdns }),
    ...jobsEnvironment(settings, databaseUrl),
    ...outboxEnvironment(settings),
    ...watchingEnvironment(places),
  };
}

/** Here each bucket bears the topology's own name. */
function deployedEnvironment(known: Omit<Deployed, 'bucketNames'>): Record<string, string> {
  const bucketNames = Object.fromEntries(Object.keys(topology.buckets).map(name => [name, name]));
  const each = Object.keys(topology.functions).map(name =>
    functionEnvironment(name, { ...known, bucketNames }),
  );
  return Object.assign({}, ...each.map(({ variables }) => variables));
}

/** What the functions of the jobs need: the cache's Redis is theirs too, unless they have one of their own. */
function jobsEnvironment(
  { redis, jobsRedis = redis, jobsQueueUrl }: Pick<Settings, 'redis' | 'jobsRedis' | 'jobsQueueUrl'>,
  databaseUrl: string,
): Record<string, string> {
  return {
    ...(jobsRedis && { JOBS_REDIS_REST_URL: jobsRedis.url, JOBS_REDIS_REST_TOKEN: jobsRedis.token }),
    ...(jobsQueueUrl && { JOBS_QUEUE_URL: jobsQueueUrl }),
    DATABASE_URL: databaseUrl,
    SCHEDULER_ROLE_ARN: `arn:aws:iam::${LOCAL_ACCOUNT}:role/scheduler`,
    SCHEDULER_GROUP: 'default',
  };
}

/** The figures go to the CloudWatch of this stack; whom alarms are told is the person's own to say. */
function watchingEnvironment({ config, settings, environment }: RunningPlaces): Record<string, string> {
  const { redis, preset } = settings;
  const given = (name: string) => (environment[name] ? { [name]: String(environment[name]) } : {});
  return {
    ...(redis && { UPSTASH_REDIS_REST_URL: redis.url, UPSTASH_REDIS_REST_TOKEN: redis.token }),
    METRICS_KEY_PREFIX: config.levels.l2?.keyPrefix ?? PRESETS[preset].levels.l2.keyPrefix,
    METRICS_NAMESPACE: 'headrace/edge',
    METRICS_BY_ROUTE: 'on',
    SCALING_TARGETS: JSON.stringify(config.scaling),
    ...given('NOTIFY_TARGETS'),
    ...given('NOTIFY_ROUTES'),
  };
}

/** Its purges are an administrator's. */
function outboxEnvironment({ adminTokens: [token], base, outboxPollMs }: Settings): Record<string, string> {
  return {
    ...(token && { EDGE_ADMIN_TOKEN: token }),
    ...(base && { HEADRACE_BASE: base }),
    ...(outboxPollMs !== undefined && { OUTBOX_POLL_MS: String(outboxPollMs) }),
  };
}
