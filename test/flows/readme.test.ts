import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../eventually.ts';
import { parseMarkdown } from '../rules/markdown.ts';
import { requestOf } from './curl.ts';
import { type Launched, launch, makeStateDir, projectDir, READY, removeStateDir } from './launched.ts';

const ADMIN_TOKEN = 'a-token-of-at-least-thirty-two-characters';
/** Where the README's reader has it, who sets no PORT. */
const README_EDGE = 'http://127.0.0.1:8787';

let stateDir: string;
let launched: Launched;
let edge: string;

beforeAll(async () => {
  stateDir = await makeStateDir();
  launched = launch('start', { stateDir, environment: { ADMIN_TOKEN } });
  edge = await launched.prints(READY);
});

afterAll(async () => {
  launched.process.kill('SIGTERM');
  await launched.exit;
  await removeStateDir(stateDir);
});

async function curlLines(): Promise<readonly string[]> {
  const { blocks } = parseMarkdown(await readFile(join(projectDir, 'README.md'), 'utf8'));
  return blocks.flatMap(({ code }) => code.split('\n')).filter(line => line.startsWith('curl '));
}

/** The time left counts down while the test runs. */
const withoutTime = (cacheStatus: string | null) => cacheStatus?.replace(/ttl=\d+/, 'ttl=…');

test('what the README lets its reader try answers as it says', async () => {
  const lines = (await curlLines()).map(line => line.replace(README_EDGE, edge));
  expect(lines).toHaveLength(4);
  const [miss = '', hit = '', purge = '', picture = ''] = lines;
  for (const line of [miss, hit]) {
    const [command = '', promised = ''] = line.split(/ +# Cache-Status: /);
    const { headers } = await fetch(requestOf(command));
    expect(withoutTime(headers.get('cache-status'))).toBe(withoutTime(promised));
  }
  expect((await fetch(requestOf(purge.replace('$ADMIN_TOKEN', ADMIN_TOKEN)))).status).toBe(202);
  const again = await fetch(requestOf(miss));
  // Which of the two: whether the shop's answer varies was learned before, and a purge does not unlearn it.
  expect(again.headers.get('cache-status')).toMatch(/fwd=(uri|vary)-miss/);
  const [command = '', promised = ''] = picture.split(/ +# Content-Type: /);
  // Pictures are put into the bucket while the stack already answers.
  await eventually(async () => {
    const { headers } = await fetch(requestOf(command));
    expect(headers.get('content-type')).toBe(promised);
  });
});
