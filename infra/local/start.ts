/**
 * `npm start`: the whole system on this machine, in the foreground.
 *
 * Errors  exit codes 0 stopped, 1 failure, 2 bad setting, 3 port taken; each but 0 with one sentence
 */

import { randomBytes } from 'node:crypto';
import type { Settings } from '../../shared/config/settings.ts';
import { checkPort } from './address.ts';
import { announce } from './announce.ts';
import { runInForeground } from './foreground.ts';
import { ownState } from './own-state.ts';
import { openStateDir } from './paths.ts';
import { readDecisions } from './read-settings.ts';
import type { RunRecord } from './run-record.ts';
import { createStack } from './stack.ts';
import { removeStackFile, writeStackFile } from './stack-file.ts';
import { startParts } from './start-parts.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);
let record: RunRecord | undefined;
let forgetRun = () => {};
let edgeEnded: (sentence: string) => void = () => {};

const stack = createStack({
  started(name, { pid }, tookMs) {
    if (pid !== null) record?.keep(name, pid);
    say(`  ${name.padEnd(10)} ${(tookMs / 1_000).toFixed(2)} s`);
  },
  ended(name, reason) {
    if (name === 'edge') edgeEnded(`The edge ${reason}, and the stack with it: start again.`);
    else process.stderr.write(`${name} ${reason}; the stack goes on without it.\n`);
  },
});

await runInForeground({ open, close, kill: stack.kill });

async function open(stop: (sentence: string) => void): Promise<void> {
  edgeEnded = stop;
  const decisions = await readDecisions(process.env, { preset: 'development' });
  const stateDir = await takeState();
  await checkPort(decisions.settings.host, decisions.settings.port);
  say('Starting');
  const { settings, madeToken } = withAdminToken(decisions.settings);
  const parts = await startParts(stack, { ...decisions, settings, stateDir, environment: process.env, say });
  writeStackFile(stateDir, parts);
  announce(parts, { base: settings.base, madeToken, say });
}

async function close(): Promise<void> {
  await stack.stop();
  forgetRun();
}

async function takeState(): Promise<string> {
  const stateDir = await openStateDir(process.env);
  const owned = await ownState(stateDir, say);
  record = owned;
  forgetRun = () => {
    removeStackFile(stateDir);
    owned.forget();
  };
  // A killed run may have left one, and nobody shall read old addresses from it.
  removeStackFile(stateDir);
  return stateDir;
}

function withAdminToken(settings: Settings) {
  if (settings.adminTokens.length > 0) return { settings, madeToken: undefined };
  const madeToken = randomBytes(32).toString('base64url');
  return { settings: { ...settings, adminTokens: [madeToken] }, madeToken };
}
