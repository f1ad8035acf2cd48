import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../../../infra/local/read-config.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headrace-config-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function read(text: string) {
  await writeFile(join(folder, 'headrace.config.ts'), text);
  return readConfig(folder);
}

test('gives what the file says', async () => {
  const { routes } = await read(
    "const ttl: string = '60s';\nexport default { routes: [{ match: '/a', ttl }] };\n",
  );
  expect(routes).toEqual([{ match: '/a', ttl: '60s' }]);
});

test.each([
  [
    'a wrong field',
    "export default { routes: [{ match: '/a' }, { match: '/b', ttl: 'long' }] };",
    /^headrace\.config\.ts: routes\[1\]\.ttl must be /,
  ],
  ['a field nobody knows', 'export default { rootes: [] };', /^headrace\.config\.ts: rootes /],
  ['no default export', 'export const routes = [];', /^headrace\.config\.ts: the configuration must be /],
  [
    'what is no TypeScript',
    'export default {\n  routes: [;\n};',
    /^headrace\.config\.ts:2 cannot be read \(.+\): correct it\.$/,
  ],
  [
    'code that fails',
    "\nthrow new Error('not today');",
    /^headrace\.config\.ts:2 cannot be read \(not today\): correct it\.$/,
  ],
  [
    'code that throws nothing',
    'throw undefined;',
    /^headrace\.config\.ts cannot be read \(undefined\): correct it\.$/,
  ],
  [
    'an import that is not there',
    "import './absent.ts';",
    /^headrace\.config\.ts(:1)? cannot be read \(Cannot find module .+absent\.ts.*\): correct it\.$/,
  ],
])('tells %s in one sentence', async (_, text, sentence) => {
  const refusal = await read(text).catch(error => error);
  expect(refusal).toMatchObject({ exitCode: 2 });
  expect(refusal.message).toMatch(sentence);
  expect(refusal.message).not.toContain('\n');
});

test('tells an absent file', async () => {
  await expect(readConfig(folder)).rejects.toMatchObject({ exitCode: 2 });
});
