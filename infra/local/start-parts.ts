/**
 * Starts the parts of the stack, side by side where none needs another, and takes the user's own service instead of each
 * embedded one that the settings name.
 *
 * Shape   decisions -> the running parts: where each is, which process, whose
 */

import { join } from 'node:path';
import type { Settings } from '../../shared/config/settings.ts';
import { type BucketName, topology } from '../topology.ts';
import { LOCAL_ACCOUNT } from './aws/emulator-stores.ts';
import { type AwsAccess, LOCAL_REGION, localCredentials, startAws } from './aws/start.ts';
import { demoSize } from './demo/size.ts';
import { startDemo } from './demo/start.ts';
import { bundleEdge } from './edge/bundle.ts';
import { startEdge } from './edge/start.ts';
import { edgeBindings } from './edge-bindings.ts';
import { startFunctions } from './functions/start.ts';
import { functionsEnvironment } from './functions-environment.ts';
import { localDistributions } from './local-distributions.ts';
import { openImageDoor, openImagesPath } from './local-images.ts';
import type { Part } from './part.ts';
import { startPostgres } from './postgres/postgres.ts';
import type { Decisions } from './read-settings.ts';
import { startRedis } from './redis/start.ts';
import type { Stack } from './stack.ts';
import type { Row } from './summary.ts';

/** One part, running: its place in the table and what others need to reach it. */
type Running<Address> = Pick<Row, 'pid' | 'kind'> & Address;

export interface RunningParts {
  readonly edge: Running<{ readonly url: string }>;
  readonly origin: Running<{ readonly url: string }>;
  readonly redis: Running<{ readonly url: string; readonly token: string }>;
  readonly postgres: Running<{ readonly url: string }>;
  readonly aws: Running<AwsAccess>;
  readonly functions: Running<object>;
}

export interface StartPartsOptions extends Decisions {
  readonly stateDir: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
}

export async function startParts(stack: Stack, options: StartPartsOptions): Promise<RunningParts> {
  const { settings, config, stateDir } = options;
  const products = demoSize(options.environment);
  const [postgres, storage] = [openPostgres(stack, options), openAws(stack, options)];
  const [worker, redis, database, aws, origin] = await Promise.all([
    bundleEdge({ stateDir }),
    openRedis(stack, options),
    postgres,
    storage,
    openOrigin(stack, options, { products, postgres, storage }),
  ]);
  const { functionUrl, leadTo } = await openImageDoor(settings);
  const reached = {
    ...settings,
    originUrl: origin.url,
    redis,
    ...queueAccess(aws, settings),
    imageFunctionUrl: functionUrl,
  };
  const bindings = edgeBindings(config, reached);
  const { host, port } = settings;
  const edge = await embedded(stack.start('edge', () => startEdge({ worker, host, port, ...bindings })));
  const functions = await embedded(
    stack.start('functions', () =>
      startFunctions({
        topology,
        aws,
        environment: functionsEnvironment({
          config,
          settings: reached,
          edgeUrl: edge.url,
          databaseUrl: database.url,
          environment: options.environment,
        }),
        stateDir: join(stateDir, 'functions'),
        log: line => process.stderr.write(`${line}\n`),
      }),
    ),
  );
  leadTo(functions.urls['optimize-image'] ?? '');
  // Its schedule would begin a minute from now. It ends with the functions.
  void functions.invoke(WATCHES_OUTBOX, '{}').catch(() => {});
  return { edge, origin, redis, postgres: database, aws, functions };
}

/** Here each queue and each bucket bears the topology's own name. */
function queueAccess({ kind, endpoint, region, credentials }: Running<AwsAccess>, settings: Settings) {
  const own = (place: string) => (kind === 'embedded' ? `${endpoint}/${place}/` : undefined);
  return {
    awsRegion: region,
    awsCredentials: credentials,
    jobsQueueUrl: settings.jobsQueueUrl ?? own(LOCAL_ACCOUNT),
    jobsPayloadUrl: settings.jobsPayloadUrl ?? own('data' satisfies BucketName),
    assetsUrl: settings.assetsUrl ?? own('assets' satisfies BucketName),
    functionsUrl: settings.functionsUrl ?? own('2015-03-31/functions'),
  };
}

const WATCHES_OUTBOX: keyof typeof topology.functions = 'drain-outbox';

async function embedded<Started extends Part>(starting: Promise<Started>): Promise<Running<Started>> {
  return { ...(await starting), kind: 'embedded' };
}

function yours<Address>(address: Address): Running<Address> {
  return { ...address, pid: null, kind: 'yours' };
}

/** What is cached survives a restart, as the database that it was read from does. */
async function openRedis(stack: Stack, { settings, stateDir }: StartPartsOptions) {
  if (settings.redis) return yours(settings.redis);
  const snapshotFile = join(stateDir, 'redis', 'redis.snapshot');
  return embedded(stack.start('redis', () => startRedis({ snapshotFile })));
}

async function openPostgres(stack: Stack, { settings, stateDir, say }: StartPartsOptions) {
  if (settings.databaseUrl) return yours({ url: settings.databaseUrl });
  const options = { stateDir: join(stateDir, 'postgres'), notice: say };
  return embedded(stack.start('postgres', () => startPostgres(options)));
}

async function openAws(stack: Stack, { settings, config, stateDir, environment }: StartPartsOptions) {
  const credentials = localCredentials(environment);
  if (settings.awsEndpointUrl) {
    return yours({
      endpoint: settings.awsEndpointUrl,
      region: environment.AWS_REGION || LOCAL_REGION,
      credentials,
    });
  }
  return embedded(
    stack.start('aws', () =>
      startAws({
        topology,
        credentials,
        stateDir: join(stateDir, 'aws'),
        distributions: localDistributions(config),
      }),
    ),
  );
}

interface DemoNeeds {
  readonly products: number;
  readonly postgres: ReturnType<typeof openPostgres>;
  readonly storage: ReturnType<typeof openAws>;
}

/** A demo writes into the stack's own database and bucket only, never into what the user brought. */
async function openOrigin(
  stack: Stack,
  options: StartPartsOptions,
  { products, postgres, storage }: DemoNeeds,
) {
  if (options.originUrl) return yours({ url: options.originUrl });
  const [database, aws] = await Promise.all([postgres, storage]);
  const { url: databaseUrl } = database.kind === 'embedded' ? database : await ownDatabase(stack, options);
  const pictures = aws.kind === 'embedded' ? { pictures: { ...aws, bucket: PICTURES_BUCKET } } : {};
  const imagesPath = openImagesPath(options.config, options.settings);
  const start = () => startDemo({ databaseUrl, products, ...pictures, imagesPath });
  return { ...(await stack.start('origin', start)), kind: 'demo' as const };
}

const PICTURES_BUCKET: BucketName = 'images';

function ownDatabase(stack: Stack, { stateDir, say }: StartPartsOptions) {
  return stack.start('demo data', () => startPostgres({ stateDir: join(stateDir, 'postgres'), notice: say }));
}
