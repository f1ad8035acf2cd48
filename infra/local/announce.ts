/**
 * Tells the person at the terminal what runs where, what to try, and that it is ready.
 */

import { topology } from '../topology.ts';
import type { RunningParts } from './start-parts.ts';
import { formatTable, formatTrial, type Row } from './summary.ts';

export interface Announcement {
  readonly base: string;
  /** The admin token, if this run made it; one that the user chose is not printed. */
  readonly madeToken: string | undefined;
  readonly say: (line: string) => void;
}

export function announce(parts: RunningParts, { base, madeToken, say }: Announcement): void {
  const { edge, origin } = parts;
  const token = madeToken ?? '$ADMIN_TOKEN';
  say(`\n${formatTable(rowsOf(parts))}\n`);
  say(`${formatTrial({ edge: edge.url, base, token, demo: origin.kind === 'demo' })}\n`);
  if (madeToken) say(`Admin token of this run: ${madeToken}`);
  say(`ready ${edge.url}`);
}

function rowsOf({ edge, origin, redis, postgres, aws, functions }: RunningParts): Row[] {
  return [
    { ...edge, part: 'edge', address: edge.url },
    { ...origin, part: 'origin', address: origin.url },
    { ...redis, part: 'redis', address: redis.url },
    { ...postgres, part: 'postgres', address: postgres.url },
    { ...aws, part: 'aws', address: aws.endpoint },
    {
      ...functions,
      part: 'functions',
      address: `${Object.keys(topology.functions).length}, as infra/topology.ts names them`,
    },
  ];
}
