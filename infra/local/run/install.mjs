/**
 * Makes node_modules what package-lock.json says, with `npm ci`, and only when it is not.
 *
 * npm writes node_modules/.package-lock.json as its last act, so that file tells both that an install was whole and what it
 * installed, whoever ran it. Two runs in one folder do not install at once: the second waits, then looks again.
 *
 * Shape   () -> a sentence | undefined when everything is there
 */

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { lockReleased, tryLock } from './lock.mjs';
import { modulesDir, node24, projectDir } from './paths.mjs';
import { forwardSignals } from './signals.mjs';

const HEARTBEAT_SECONDS = 10;

const NPM_OPTIONS = [
  // Whatever npm is configured to leave out, this needs: the compiler, the tests' tools, Node itself.
  '--include=dev',
  '--include=optional',
  // Some packages ask for a newer Node than the one that installs; they run under the one it brings.
  '--engine-strict=false',
  '--loglevel=error',
  '--no-audit',
  '--no-fund',
];

export async function ensureInstalled() {
  if (isInstalled()) return undefined;
  const release = await holdInstallLock();
  try {
    return isInstalled() ? undefined : await install();
  } finally {
    release();
  }
}

async function holdInstallLock() {
  for (let attempt = 0; ; attempt += 1) {
    const release = await tryLock('install', projectDir);
    if (release !== undefined) return release;
    if (attempt === 0) say('Another run is installing the packages of this folder; waiting for it.');
    await lockReleased('install', projectDir);
  }
}

function isInstalled() {
  const wanted = packagesIn(join(projectDir, 'package-lock.json'));
  const present = packagesIn(join(modulesDir, '.package-lock.json'));
  if (wanted === undefined || present === undefined) return false;
  return (
    existsSync(node24) && Object.entries(wanted).every(([path, entry]) => fits(path, entry, present[path]))
  );
}

function fits(path, wanted, present) {
  // The project itself; and packages for other systems, which npm leaves out.
  if (path === '' || (present === undefined && wanted.optional)) return true;
  return present?.version === wanted.version && present?.integrity === wanted.integrity;
}

function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined; // Absent, or cut off by an install that was stopped: either way there is nothing to rely on.
  }
}

async function install() {
  say('Installing the packages of package-lock.json (npm ci): about a minute and 1 GB, once.');
  const code = await npmCi();
  if (code !== 0)
    return 'The packages could not be installed: see npm above, check the network, and run it again.';
  if (!existsSync(node24))
    return 'npm left out optional packages, and Node 24 is one: set npm config omit to nothing.';
  return undefined;
}

async function npmCi() {
  const [program, ...first] = npmCommand();
  const args = [...first, 'ci', ...NPM_OPTIONS];
  const child = spawn(program, args, { cwd: projectDir, stdio: 'inherit' });
  const stopForwarding = forwardSignals(signal => child.kill(signal));
  const stopHeartbeat = process.stdout.isTTY ? () => {} : heartbeat();
  const code = await new Promise(resolve => {
    child.once('error', () => resolve(1));
    child.once('exit', resolve);
  });
  stopHeartbeat();
  stopForwarding();
  return code;
}

/** npm names its own entry to the scripts it runs; another package manager's entry would not know `ci`. */
function npmCommand() {
  const entry = process.env.npm_execpath ?? '';
  return basename(entry) === 'npm-cli.js' ? [process.execPath, entry] : ['npm'];
}

/** npm draws its progress on terminals only; a log gets a line now and then instead. */
function heartbeat() {
  let seconds = 0;
  const timer = setInterval(() => {
    seconds += HEARTBEAT_SECONDS;
    say(`Still installing, ${seconds} s.`);
  }, HEARTBEAT_SECONDS * 1_000);
  return () => clearInterval(timer);
}

function say(line) {
  process.stdout.write(`${line}\n`);
}
