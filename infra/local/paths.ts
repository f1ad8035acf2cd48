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

/** The real path of the state's folder, made when absent. HEADRACE_STATE_DIR is for tests, which must not meet a running stack. */
export async function openStateDir(environment: NodeJS.ProcessEnv): Promise<string> {
  const folder = resolve(environment.HEADRACE_STATE_DIR || join(projectDir, STATE_DIR_NAME));
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
