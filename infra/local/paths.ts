/**
 * Where the project lies and where the local stack keeps its state.
 */

import { mkdir, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';

export const projectDir = resolve(import.meta.dirname, '../..');

/** The folder's name; nothing that is named otherwise is ever forgotten by `npm run clean`. */
export const STATE_DIR_NAME = '.headrace';

/** The real path of the state's folder, made when absent. HEADRACE_STATE_DIR is for tests, which must not meet a running stack. */
export async function openStateDir(environment: NodeJS.ProcessEnv): Promise<string> {
  const folder = resolve(environment.HEADRACE_STATE_DIR || join(projectDir, STATE_DIR_NAME));
  await mkdir(folder, { recursive: true });
  return realpath(folder);
}
