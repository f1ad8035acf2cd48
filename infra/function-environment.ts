/**
 * What a function finds in its environment: the buckets it reads, as `<NAME>_BUCKET`, EDGE_URL if it calls the edge, and how
 * to reach the jobs if it does them.
 *
 * Shape   function's name, what is deployed -> variables | the setting it still needs before it may be called
 * Errors  none (total)
 */

import type { topology } from './topology.ts';

export type Variables = Readonly<Record<string, string>>;

export interface Deployed {
  readonly edgeUrl: string | undefined;
  /** The buckets it reads: the topology's name -> the name in the account. */
  readonly bucketNames: Readonly<Record<string, string>>;
  /** Only for a function that has to do with jobs: how it reaches them, where that is known. */
  readonly jobs?: { readonly variables: Variables | undefined };
}

export interface FunctionEnvironment {
  readonly variables: Variables;
  /** A setting without which every call could only fail. */
  readonly missing?: 'EDGE_URL' | 'JOBS_SECRET';
}

const CALLS_EDGE: ReadonlySet<string> = new Set<keyof typeof topology.functions>([
  'warm-cache',
  'process-warming',
]);

export function functionEnvironment(
  name: string,
  { edgeUrl, bucketNames, jobs }: Deployed,
): FunctionEnvironment {
  const callsEdge = CALLS_EDGE.has(name);
  const variables = {
    ...Object.fromEntries(
      Object.entries(bucketNames).map(([bucket, value]) => [bucketVariable(bucket), value]),
    ),
    ...jobs?.variables,
    ...(callsEdge && edgeUrl !== undefined && { EDGE_URL: edgeUrl }),
  };
  if (callsEdge && edgeUrl === undefined) return { variables, missing: 'EDGE_URL' };
  return jobs && !jobs.variables ? { variables, missing: 'JOBS_SECRET' } : { variables };
}

function bucketVariable(bucket: string): string {
  return `${bucket.toUpperCase().replaceAll('-', '_')}_BUCKET`;
}
