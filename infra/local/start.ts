/**
 * `npm start`: the whole system on this machine, in the foreground.
 *
 * Errors  exit codes 0 stopped, 1 failure, 2 bad setting, 3 port taken; each but 0 with one sentence
 */

import { randomBytes } from 'node:crypto';
import { topology } from '../topology.ts';
import { checkPort } from './address.ts';
import { runInForeground } from './foreground.ts';
import { ownState } from './own-state.ts';
import { openStateDir } from './paths.ts';
import { readDecisions } from './read-settings.ts';
import type { RunRecord } from './run-record.ts';
import { createStack } from './stack.ts';
import { removeStackFile, writeStackFile } from './stack-file.ts';
import { type RunningParts, startParts } from './start-parts.ts';
import { formatTable, formatTrial, type Row } from './summary.ts';

const stateDir = await openStateDir(process.env);
const say = (line: string) => void process.stdout.write(`${line}\n`);
let record: RunRecord | undefined;
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
  const { settings } = decisions;
  record = await ownState(stateDir, say);
  await checkPort(settings.host, settings.port);
  say('Starting');
  const madeToken = settings.adminTokens.length === 0 ? randomBytes(32).toString('base64url') : undefined;
  const parts = await startParts(stack, {
    ...decisions,
    settings: madeToken ? { ...settings, adminTokens: [madeToken] } : settings,
    stateDir,
    environment: process.env,
    say,
  });
  writeStackFile(stateDir, stackFileOf(parts));
  say(`\n${formatTable(rowsOf(parts))}\n`);
  const { edge, origin } = parts;
  const token = madeToken ?? '$ADMIN_TOKEN';
  say(`${formatTrial({ edge: edge.url, base: settings.base, token, demo: origin.kind === 'demo' })}\n`);
  if (madeToken) say(`Admin token of this run: ${madeToken}`);
  say(`ready ${edge.url}`);
}

async function close(): Promise<void> {
  await stack.stop();
  if (record === undefined) return;
  removeStackFile(stateDir);
  record.forget();
}

function stackFileOf({ edge, origin, redis, postgres, aws, functions }: RunningParts) {
  return {
    edge: edge.url,
    origin: origin.url,
    redis: { url: redis.url, token: redis.token },
    database: postgres.url,
    aws: { endpoint: aws.endpoint },
    pids: {
      edge: edge.pid,
      redis: redis.pid,
      postgres: postgres.pid,
      functions: functions.pid,
      origin: origin.pid,
    },
  };
}

function rowsOf({ edge, origin, redis, postgres, aws, functions }: RunningParts): Row[] {
  return [
    { ...edge, part: 'edge', address: edge.url },
    { ...origin, part: 'origin', address: origin.url },
    { ...redis, part: 'redis', address: redis.url },
    { ...postgres, part: 'postgres', address: postgres.url },
    { ...aws, part: 'aws', address: aws.endpoint },
    { ...functions, part: 'functions', address: Object.keys(topology.functions).join(', ') },
  ];
}
