/**
 * What a function finds in its environment: the buckets it reads, as `<NAME>_BUCKET`, and EDGE_URL if it calls the edge.
 *
 * Shape   function's name, what is deployed -> variables | the setting it still needs before it may be called
 * Errors  none (total)
 */

import type { topology } from './topology.ts';

export interface Deployed {
  readonly edgeUrl: string | undefined;
  /** The buckets it reads: the topology's name -> the name in the account. */
  readonly bucketNames: Readonly<Record<string, string>>;
}

export interface FunctionEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  /** A setting without which every call could only fail. */
  readonly missing?: 'EDGE_URL';
}

const CALLS_EDGE: ReadonlySet<string> = new Set<keyof typeof topology.functions>(['warm-cache']);

export function functionEnvironment(name: string, { edgeUrl, bucketNames }: Deployed): FunctionEnvironment {
  const entries = Object.entries(bucketNames).map(
    ([bucket, value]) => [bucketVariable(bucket), value] as const,
  );
  const variables = Object.fromEntries(entries);
  if (!CALLS_EDGE.has(name)) return { variables };
  return edgeUrl === undefined
    ? { variables, missing: 'EDGE_URL' }
    : { variables: { ...variables, EDGE_URL: edgeUrl } };
}

function bucketVariable(bucket: string): string {
  return `${bucket.toUpperCase().replaceAll('-', '_')}_BUCKET`;
}
