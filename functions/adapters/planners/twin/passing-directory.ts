/**
 * A directory that goes with whoever made it: removed when it is done with, and when the process ends before.
 *
 * Shape   makePassingDirectory(parent) -> { path, remove }
 * Errors  those of making the directory
 */

import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

export interface PassingDirectory {
  readonly path: string;
  remove(): Promise<void>;
}

export async function makePassingDirectory(parent: string): Promise<PassingDirectory> {
  const path = await mkdtemp(join(parent, 'headrace-twin-'));
  const removeWithUs = () => rmSync(path, { recursive: true, force: true });
  process.once('exit', removeWithUs);
  return {
    path,
    async remove() {
      process.off('exit', removeWithUs);
      await rm(path, { recursive: true, force: true });
    },
  };
}
