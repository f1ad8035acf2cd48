/**
 * Runs a command on the second tier: `node infra/local/debian/main.ts npm test`.
 *
 * Shape   command -> its exit code, with Debian's programs in its environment; 0 and one line where they cannot be had
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

if (outcome.available) {
  const [command = 'env', ...args] = process.argv.slice(2);
  const env = { ...process.env, ...environmentFor(outcome.programs) };
  const child = spawn(command, args, { stdio: 'inherit', env });
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
} else {
  console.log(`The second tier cannot be had here: ${outcome.reason}.`);
}
