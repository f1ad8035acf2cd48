import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'headrace-test-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Runs Vitest on these files, with the reporter alone. */
function runVitest(files: Readonly<Record<string, string>>): {
  lastLine: string;
  counts: string;
  exitCode: number | null;
} {
  const reporter = pathToFileURL(join(import.meta.dirname, 'reporter.ts')).href;
  const countsFile = join(root, 'counts');
  const config = `import { countingReporter } from '${reporter}';
    export default { test: { globals: true, reporters: [countingReporter('${countsFile}')] } };`;
  for (const [name, content] of Object.entries({ ...files, 'vitest.config.mjs': config })) {
    writeFileSync(join(root, name), content);
  }
  const vitest = join(import.meta.dirname, '../node_modules/vitest/vitest.mjs');
  const { stdout, status } = spawnSync(process.execPath, [vitest, 'run', '--root', root], {
    encoding: 'utf8',
  });
  return {
    lastLine: stdout.trimEnd().split('\n').at(-1) ?? '',
    counts: readFileSync(countsFile, 'utf8'),
    exitCode: status,
  };
}

it('ends with one line that counts every test', () => {
  const passing = "test('a', () => {}); describe('b', () => { test('c', () => {}); });";
  expect(runVitest({ 'passing.test.js': passing })).toEqual({
    lastLine: '2 passed, 0 failed',
    counts: '2 0\n',
    exitCode: 0,
  });
});

it('counts a failing test, a file that does not load and an error outside of tests', () => {
  const outcome = runVitest({
    'failing.test.js': "test('a', () => {}); test('b', () => { throw new Error('b'); });",
    'broken.test.js': "throw new Error('not loaded');",
    'stray.test.js':
      "test('c', async () => { Promise.reject(new Error('stray')); await new Promise(setImmediate); });",
  });
  expect(outcome).toEqual({ lastLine: '2 passed, 3 failed', counts: '2 3\n', exitCode: 1 });
});
