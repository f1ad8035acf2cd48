/**
 * `npm run serve`: the production Worker on plain workerd in front of the user's origin, and nothing else.
 *
 * Errors  exit codes 0 stopped, 1 failure, 2 bad setting, 3 port taken; each but 0 with one sentence
 */

import { join } from 'node:path';
import { checkPort } from './address.ts';
import { bundleEdge } from './edge/bundle.ts';
import { startEdge } from './edge/start.ts';
import { edgeBindings } from './edge-bindings.ts';
import { runInForeground } from './foreground.ts';
import { openStateDir } from './paths.ts';
import { readDecisions } from './read-settings.ts';
import { createRunRecord, endLeftovers, type RunRecord } from './run-record.ts';
import { createStack } from './stack.ts';

/** What is being answered may finish; a download in progress takes longer than a page. */
const GRACE_MS = 5_000;

const say = (line: string) => void process.stdout.write(`${line}\n`);
let record: RunRecord | undefined;
let edgeEnded: (sentence: string) => void = () => {};

const stack = createStack({
  started: (name, { pid }) => pid !== null && record?.keep(name, pid),
  ended: (_, reason) => edgeEnded(`The edge ${reason}: start it again.`),
});

await runInForeground({ open, close, kill: stack.kill });

async function open(stop: (sentence: string) => void): Promise<void> {
  edgeEnded = stop;
  const { settings, config, originUrl } = await readDecisions(process.env, { preset: 'highPerformance' });
  const bindings = edgeBindings(config, settings);
  const stateDir = await openStateDir(process.env);
  // By port, so that several may serve side by side, and beside `npm start`.
  const file = join(stateDir, `serve-${settings.port}.json`);
  await endLeftovers(file);
  await checkPort(settings.host, settings.port);
  record = createRunRecord(file);
  const { host, port } = settings;
  const worker = await bundleEdge({ stateDir });
  const edge = await stack.start('edge', () =>
    startEdge({ worker, host, port, ...bindings, graceMs: GRACE_MS }),
  );
  say(`origin  ${originUrl ?? 'by host, as headrace.config.ts says'}`);
  say(`redis   ${settings.redis?.url ?? 'none: it caches in its own memory'}`);
  if (settings.adminTokens.length === 0)
    say('admin   closed: set ADMIN_TOKEN, at least 32 characters, to open it');
  say(`ready ${edge.url}`);
}

async function close(): Promise<void> {
  await stack.stop();
  record?.forget();
}
