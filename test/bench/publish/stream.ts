/**
 * Measures what a stream of any size takes, in a process of its own.
 *
 * Shape   bytes -> figures
 * Units   bytes, ms
 */

import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { stepsOf } from '../../../infra/local/run/commands.mjs';

/** As `npm run publish` is started. */
const [publish] = stepsOf('publish', []);
export const FLAGS: readonly string[] = publish?.args.slice(0, -1) ?? [];
export const ENVIRONMENT: NodeJS.ProcessEnv = { ...process.env, ...publish?.environment };

export interface StreamFigures {
  readonly ms: number;
  readonly parts: number;
  readonly idleBytes: number;
  readonly peakBytes: number;
}

export async function measureStream(bytes: number): Promise<StreamFigures> {
  const file = join(import.meta.dirname, 'stream-process.ts');
  const uploading = spawn(process.execPath, [...FLAGS, file, String(bytes)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: ENVIRONMENT,
  });
  return JSON.parse(await text(uploading.stdout));
}
