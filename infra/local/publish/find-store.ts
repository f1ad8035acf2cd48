/**
 * Where to publish: what the command line or the environment names, else the stack that runs here.
 *
 * Shape   order, environment, the stack's file -> { ok, store, name } | the setting that is missing
 * Errors  none (total)
 */

import { openS3Assets } from '../../../functions/adapters/asset-stores/open-s3.ts';
import { openAzureAssets } from '../../../functions/publishing.ts';
import type { AssetStore } from '../../../shared/publishing/asset-store.ts';
import type { BucketName } from '../../topology.ts';
import { LOCAL_REGION, localCredentials } from '../aws/start.ts';
import { addressIn } from '../stack-file.ts';
import type { PublishOrder } from './command.ts';

export interface FindStoreInput {
  readonly order: Pick<PublishOrder, 'bucket' | 'endpoint' | 'container'>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The text of stack.json; undefined where no stack runs. */
  readonly stackFile: string | undefined;
}

export type FoundStore =
  | { readonly ok: true; readonly store: AssetStore; readonly name: string }
  | { readonly ok: false; readonly sentence: string };

const STACKS_BUCKET: BucketName = 'assets';

export function findStore({ order, environment, stackFile }: FindStoreInput): FoundStore {
  if (order.container !== undefined) return azure(order.container, environment);
  const bucket = order.bucket ?? environment.ASSETS_BUCKET;
  const endpoint = order.endpoint ?? (environment.AWS_ENDPOINT_URL || undefined);
  if (bucket) {
    const region = environment.AWS_REGION || undefined;
    return { ok: true, name: bucket, store: openS3Assets({ bucket, region, endpoint }) };
  }
  const stack = addressIn(stackFile, ({ aws }) => aws?.endpoint);
  if (stack === undefined)
    return wrong('Name the bucket with --bucket or ASSETS_BUCKET, or begin with npm start.');
  const credentials = localCredentials(environment);
  const address = { bucket: STACKS_BUCKET, endpoint: stack, region: LOCAL_REGION, credentials };
  return { ok: true, name: `${STACKS_BUCKET}, of the stack that runs here`, store: openS3Assets(address) };
}

function azure(containerUrl: string, environment: FindStoreInput['environment']): FoundStore {
  const { AZURE_STORAGE_SAS_TOKEN: sas, AZURE_STORAGE_TOKEN: token } = environment;
  if (!sas && !token)
    return wrong('Set AZURE_STORAGE_SAS_TOKEN, or AZURE_STORAGE_TOKEN with a bearer token.');
  const signIn = sas
    ? { kind: 'sas' as const, sas }
    : { kind: 'token' as const, getToken: async () => token ?? '' };
  return { ok: true, name: containerUrl, store: openAzureAssets({ containerUrl, signIn }) };
}

function wrong(sentence: string): FoundStore {
  return { ok: false, sentence };
}
