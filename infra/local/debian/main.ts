/**
 * Runs a command on the second tier: `node infra/local/debian/main.ts npm test`.
 *
 * Shape   [--or-embedded] command -> its exit code, with Debian's programs in its environment. Where they cannot be had one
 *         line says so, and then 0; or the command runs without them, where it was told to
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fetchDebianPrograms } from './debian.ts';
import { environmentFor } from './unpacked.ts';

const cacheDir = process.env.HEADRACE_CACHE_DIR ?? join(homedir(), '.cache', 'headrace', 'debian');
const outcome = await fetchDebianPrograms({
  cacheDir,
  notice: sentence => console.error(`debian: ${sentence}`),
});

const given = process.argv.slice(2);
const orEmbedded = given[0] === '--or-embedded';
const [command = 'env', ...args] = orEmbedded ? given.slice(1) : given;

if (!outcome.available) console.log(`The second tier cannot be had here: ${outcome.reason}.`);
if (outcome.available || orEmbedded) {
  const programs = outcome.available ? environmentFor(outcome.programs) : {};
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, ...programs } });
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
}
