/**
 * Where the project lies and where the local stack keeps its state.
 *
 * Errors  StartError when the state's folder cannot be written
 */

import { constants } from 'node:fs';
import { access, mkdir, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { EXIT, StartError } from './part.ts';

export const projectDir = resolve(import.meta.dirname, '../..');

/** The folder's name; nothing that is named otherwise is ever forgotten by `npm run clean`. */
export const STATE_DIR_NAME = '.headrace';

/** Where the state is, if there is any. HEADRACE_STATE_DIR is for tests, which must not meet a running stack. */
export function stateDirIn(environment: NodeJS.ProcessEnv): string {
  return resolve(environment.HEADRACE_STATE_DIR || join(projectDir, STATE_DIR_NAME));
}

/** The real path of the state's folder, made when absent. */
export async function openStateDir(environment: NodeJS.ProcessEnv): Promise<string> {
  const folder = stateDirIn(environment);
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK | constants.X_OK);
    return await realpath(folder);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const sentence = `${folder} cannot be written (${code}): make it yours, or remove it if it belongs to an earlier run as root.`;
    throw new StartError(EXIT.failure, sentence, { cause });
  }
}
