/**
 * `npm run clean`: forgets the state of the local stack, the database included.
 *
 * Errors  exit code 1 with a sentence while a stack runs
 */

import { rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { endOf } from './foreground.ts';
import { EXIT, StartError } from './part.ts';
import { openStateDir, STATE_DIR_NAME } from './paths.ts';
import { forgetPostgres } from './postgres/postgres.ts';
import { tryLock } from './run/lock.mjs';
import { endLeftovers } from './run-record.ts';

try {
  await forget(await openStateDir(process.env));
} catch (error) {
  const { exitCode, sentence } = endOf(error);
  process.stderr.write(`${sentence}\n`);
  process.exitCode = exitCode;
}

async function forget(stateDir: string): Promise<void> {
  if (basename(stateDir) !== STATE_DIR_NAME) {
    throw new StartError(
      EXIT.failure,
      `${stateDir} is not named ${STATE_DIR_NAME}: remove it by hand if you mean it.`,
    );
  }
  const release = await tryLock('stack', stateDir);
  if (release === undefined) {
    throw new StartError(EXIT.failure, 'A stack is running in this folder: stop it with Ctrl-C, then clean.');
  }
  await endLeftovers(join(stateDir, 'run.json'));
  await forgetPostgres(join(stateDir, 'postgres'));
  await rm(stateDir, { recursive: true, force: true });
  release();
  process.stdout.write(`Forgot ${stateDir}.\n`);
}
