/**
 * What a function finds in its environment: its buckets, as `<NAME>_BUCKET`, EDGE_URL if it calls the edge, how to reach the
 * jobs if it does them, what was decided about images if it makes them or asks for them, and which CDNs it tells.
 *
 * Shape   function's name, what is deployed -> variables | the setting it still needs before it may be called
 * Errors  none (total)
 */

import type { Config } from '../shared/config/config.ts';
import type { ImageSettingsInput } from '../shared/images/settings.ts';
import type { topology } from './topology.ts';

export type Variables = Readonly<Record<string, string>>;

export interface Deployed {
  readonly edgeUrl: string | undefined;
  /** The buckets it reads or writes: the topology's name -> the name in the account. */
  readonly bucketNames: Readonly<Record<string, string>>;
  /** Only for a function that has to do with jobs: how it reaches them, where that is known. */
  readonly jobs?: { readonly variables: Variables | undefined };
  /** Only for a function that drains the outbox: the database and the edge's token, where they are known. */
  readonly outbox?: { readonly variables: Variables | undefined };
  /** Only for a function that watches: how it reaches the edge's figures, where that is known. */
  readonly watching?: {
    readonly variables: Variables | undefined;
    /** The preset does without it. @default false */
    readonly isSpared?: boolean;
  };
  /** Whom notifications may go to, for the function that sends them. */
  readonly notifyTargets?: string;
  /** Only the functions that make images, or ask for them, are told. */
  readonly images?: ImageSettingsInput;
  /** What the edge verifies image URLs with, for whoever asks it for images. The image function itself asks for no signature. */
  readonly imageKeys?: string;
  /** Only for a function that tells CDNs: which, and the text of their secrets. */
  readonly cdns?: { readonly settings: Config['cdns']; readonly secrets?: string | undefined };
  /** Of the distribution that is told what it may no longer serve. */
  readonly distributionId?: string;
}

export interface FunctionEnvironment {
  readonly variables: Variables;
  /** A setting without which every call could only fail. */
  readonly missing?: 'EDGE_URL' | 'HEADRACE_PRESET' | 'JOBS_SECRET' | 'OUTBOX_SECRET';
}

const CALLS_EDGE: ReadonlySet<string> = new Set<keyof typeof topology.functions>([
  'warm-cache',
  'process-warming',
  'process-file-processing',
  'drain-outbox',
  'drain-outbox-now',
]);

const MAKES_IMAGES: keyof typeof topology.functions = 'optimize-image';
const NOTIFIES: keyof typeof topology.functions = 'process-notifications';
const ASKS_FOR_IMAGES: keyof typeof topology.functions = 'process-file-processing';

export function functionEnvironment(
  name: string,
  {
    edgeUrl,
    bucketNames,
    jobs,
    outbox,
    watching,
    notifyTargets,
    images,
    imageKeys,
    cdns,
    distributionId,
  }: Deployed,
): FunctionEnvironment {
  const callsEdge = CALLS_EDGE.has(name);
  const variables = {
    ...Object.fromEntries(
      Object.entries(bucketNames).map(([bucket, value]) => [bucketVariable(bucket), value]),
    ),
    ...jobs?.variables,
    ...outbox?.variables,
    ...watching?.variables,
    ...(name === NOTIFIES && notifyTargets && { NOTIFY_TARGETS: notifyTargets }),
    ...((name === MAKES_IMAGES || name === ASKS_FOR_IMAGES) &&
      images && { IMAGE_SETTINGS: JSON.stringify(images) }),
    ...(name === ASKS_FOR_IMAGES && imageKeys && { EDGE_IMAGE_SIGNING_KEYS: imageKeys }),
    ...(cdns && { CDN_SETTINGS: JSON.stringify(cdns.settings) }),
    ...(cdns?.secrets && { CDN_SECRETS: cdns.secrets }),
    ...(distributionId && { DISTRIBUTION_ID: distributionId }),
    ...(callsEdge && edgeUrl !== undefined && { EDGE_URL: edgeUrl }),
  };
  if (callsEdge && edgeUrl === undefined) return { variables, missing: 'EDGE_URL' };
  if (outbox && !outbox.variables) return { variables, missing: 'OUTBOX_SECRET' };
  if (watching?.isSpared) return { variables, missing: 'HEADRACE_PRESET' };
  if (watching && !watching.variables) return { variables, missing: 'JOBS_SECRET' };
  return jobs && !jobs.variables ? { variables, missing: 'JOBS_SECRET' } : { variables };
}

function bucketVariable(bucket: string): string {
  return `${bucket.toUpperCase().replaceAll('-', '_')}_BUCKET`;
}
