/**
 * Starts the demo origin in a process of its own.
 *
 * Shape   { databaseUrl } -> Part & { url }, once it listens
 * Errors  StartError when its process ends before
 */

import { join } from 'node:path';
import { startNodePart } from '../node-part.ts';
import type { Part } from '../part.ts';

export interface DemoOptions {
  /** Where products are kept. @default in memory, for this run */
  readonly databaseUrl?: string | undefined;
}

export interface Demo extends Part {
  readonly url: string;
}

const GRACE_MS = 500;

export function startDemo({ databaseUrl }: DemoOptions = {}): Promise<Demo> {
  return startNodePart(join(import.meta.dirname, 'server.ts'), {
    name: 'The demo origin',
    instead: 'set ORIGIN_URL to use your own instead',
    environment: databaseUrl ? { DATABASE_URL: databaseUrl } : {},
    graceMs: GRACE_MS,
  });
}
