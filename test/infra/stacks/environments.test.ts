/** Each function, as it is drawn, finds in its environment what it reads there: by the very readers that it starts with. */

import { describe, expect, it } from 'vitest';
import { readCdnEnvironment } from '../../../functions/adapters/cdn/cdn-environment.ts';
import { readJobsAccess } from '../../../functions/adapters/jobs/jobs-access.ts';
import { readCloudWatchAccess, readMetricsAccess } from '../../../functions/adapters/metrics-access.ts';
import { readOutboxAccess } from '../../../functions/drain-outbox/read-environment.ts';
import { readEnvironment as readImageEnvironment } from '../../../functions/optimize-image/read-environment.ts';
import { readRoutes } from '../../../functions/watch-alerts/tell-by-job.ts';
import { topology } from '../../../infra/topology.ts';
import { targetsOf } from '../../../shared/scaling/targets.ts';
import { drawAll } from '../drawing.ts';

type Environment = Readonly<Record<string, string>>;

const required =
  (...names: readonly string[]) =>
  (environment: Environment) => {
    for (const name of names) if (!environment[name]) throw new Error(`${name} is not set`);
  };

/** By the folder of the entry. */
const READERS: Readonly<Record<string, readonly ((environment: Environment) => unknown)[]>> = {
  'analyze-queries': [readJobsAccess, required('DATABASE_URL')],
  'apply-scaling': [
    required('JOBS_REDIS_REST_URL', 'JOBS_REDIS_REST_TOKEN'),
    ({ SCALING_TARGETS = '' }) => expect(targetsOf(JSON.parse(SCALING_TARGETS))).toHaveLength(1),
  ],
  'drain-outbox': [readOutboxAccess],
  'forget-variants': [required('VARIANTS_BUCKET', 'DISTRIBUTION_ID')],
  'invalidate-cdn': [readJobsAccess, readCdnEnvironment],
  'measure-cdns': [readCdnEnvironment],
  'optimize-image': [readImageEnvironment],
  'process-jobs': [readJobsAccess],
  'publish-metrics': [readMetricsAccess, readCloudWatchAccess],
  'tend-jobs': [readJobsAccess, required('SCHEDULER_ROLE_ARN', 'SCHEDULER_GROUP')],
  'warm-cache': [required('DATA_BUCKET', 'EDGE_URL')],
  'watch-alerts': [
    readJobsAccess,
    readMetricsAccess,
    required('EDGE_URL', 'RUNBOOK_URL'),
    ({ NOTIFY_ROUTES }) => expect(readRoutes(NOTIFY_ROUTES)).toHaveLength(1),
  ],
};

/** Besides what is read by entry. */
const BESIDES: Readonly<Partial<Record<string, readonly string[]>>> = {
  'process-notifications': ['NOTIFY_TARGETS'],
  'process-file-processing': ['EDGE_URL', 'IMAGE_SETTINGS', 'EDGE_IMAGE_SIGNING_KEYS'],
  'process-warming': ['EDGE_URL'],
};

/** What Lambda itself puts there. */
const OF_LAMBDA = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'key' };

const drawn = drawAll(
  { topology, cdns: {}, images: { path: '/images' } },
  {
    NOTIFY_SECRET: 'shop/notify',
    NOTIFY_ROUTES: 'page pager oncall',
    IMAGE_KEYS_SECRET: 'shop/keys',
    SERVICE_ARN: 'arn:aws:ecs:us-east-1:123456789012:service/shop/web',
  },
);

function environmentOf(name: string): Environment {
  const [found] = drawn
    .of('AWS::Lambda::Function')
    .filter(({ Properties }) => Properties.FunctionName === `headrace-${name}`);
  const variables: Record<string, unknown> = found?.Properties.Environment?.Variables ?? {};
  // What only CloudFormation knows stands there as an object.
  const texts = Object.entries(variables).map(([key, value]) => [
    key,
    typeof value === 'string' ? value : 'https://known.example/later',
  ]);
  return { ...OF_LAMBDA, ...Object.fromEntries(texts) };
}

describe.each(Object.entries(topology.functions))('the function %s', (name, { entry }) => {
  it('finds all that it reads', () => {
    const folder = entry.split('/')[1] ?? '';
    const environment = environmentOf(name);
    expect(Object.keys(READERS)).toContain(folder);
    for (const read of READERS[folder] ?? []) expect(() => read(environment)).not.toThrow();
    required(...(BESIDES[name] ?? []))(environment);
  });
});
