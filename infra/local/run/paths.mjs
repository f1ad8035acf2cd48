/**
 * Where the project lies and which Node 24 its packages bring.
 */

import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectDir = resolve(fileURLToPath(new URL('../../..', import.meta.url)));
export const modulesDir = join(projectDir, 'node_modules');

/** The package carries the binary itself: no install script, and the lock file holds its hash. */
export const node24 = join(modulesDir, `node-linux-${process.arch}`, 'bin', 'node');
