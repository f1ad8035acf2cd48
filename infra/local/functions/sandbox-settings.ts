/**
 * What a function's process is started with: Lambda's own variables, the function's, and a heap as large as its memory.
 *
 * Shape   function, where things are -> environment, arguments of node
 * Units   memory in MB
 * Source  Lambda Developer Guide, "Defined runtime environment variables"
 */

import { createRequire } from 'node:module';
import { bundledFile } from '../../bundle.ts';
import type { FunctionSpec } from '../../topology.ts';
import type { AwsAccess } from '../aws/start.ts';

export interface SandboxSettings {
  readonly name: string;
  readonly spec: Pick<FunctionSpec, 'memoryMb' | 'timeoutSeconds'>;
  /** The folder of the bundle. */
  readonly taskRoot: string;
  readonly aws: AwsAccess;
  readonly environment: Readonly<Record<string, string>>;
}

/** As in Lambda; the rest of a function's memory is the runtime's: code, buffers, the stack. */
const OLD_SPACE_RATIO = 0.9;
const SEMI_SPACE_RATIO = 0.05;

const PRELOAD = new URL('./preload.ts', import.meta.url).href;
const RUNTIME_CLIENT = createRequire(import.meta.url).resolve('aws-lambda-ric/index.mjs');

export function sandboxArguments({ spec }: SandboxSettings): readonly string[] {
  const oldSpaceMb = Math.floor(spec.memoryMb * OLD_SPACE_RATIO);
  const semiSpaceMb = Math.floor(spec.memoryMb * SEMI_SPACE_RATIO);
  const heap = [`--max-old-space-size=${oldSpaceMb}`, `--max-semi-space-size=${semiSpaceMb}`];
  return [...heap, '--import', PRELOAD, RUNTIME_CLIENT];
}

/** Nothing of the person's own environment comes along: a function sees here what it will see in Lambda. */
export function sandboxEnvironment(
  { name, spec, taskRoot, aws, environment }: SandboxSettings,
  runtimeApi: string,
): Record<string, string> {
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LANG: 'en_US.UTF-8',
    TZ: ':UTC',
    // Without a home of its own the SDK would read the person's ~/.aws.
    HOME: taskRoot,
    ...environment,
    ...awsVariables(aws),
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMb),
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_FORMAT: 'JSON',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_LAMBDA_RUNTIME_API: new URL(runtimeApi).host,
    LAMBDA_TASK_ROOT: taskRoot,
    _HANDLER: HANDLER,
  };
}

const HANDLER = bundledFile.replace(/\.mjs$/, '.handler');

function awsVariables({ endpoint, region, credentials }: AwsAccess): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ...(credentials.sessionToken && { AWS_SESSION_TOKEN: credentials.sessionToken }),
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
  };
}
