/** The commands as they are typed: what they refuse before anything is done, and what they would do. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

let stateDir: string;
beforeEach(() => {
  stateDir = mkdtempSync(join(tmpdir(), 'headrace-deploying-'));
});
afterEach(() => rmSync(stateDir, { recursive: true }));

function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  return spawnSync(process.execPath, ['infra/local/deploy/main.ts', ...args], {
    encoding: 'utf8',
    // Without a PATH no program is found: what is refused is refused before one is looked for.
    env: { HEADRACE_STATE_DIR: stateDir, CLOUDFLARE_CF_FETCH_ENABLED: 'false', ...environment },
  });
}

it('--dry-run shows every step with the names of what is handed over, and does none', () => {
  const { status, stdout } = run(['deploy', '--dry-run', '--stage', 'staging'], {
    ADMIN_TOKEN: 'not to be printed',
  });
  expect(status).toBe(0);
  expect(stdout).toMatch(/cdk deploy --all[\s\S]*wrangler deploy --env staging[\s\S]*cdk deploy --all/);
  expect(stdout).toContain('AWS_ACCESS_KEY_ID from EDGE_AWS_ACCESS_KEY_ID');
  expect(stdout).not.toContain('not to be printed');
});

it.each([
  [['deploy', '--stage', 'Foo'], {}, '--stage is Foo'],
  [['deploy', '--stage', 'foo', '--dry-run'], {}, 'wrangler.toml has no section [env.foo]'],
  [['deploy', '--fast'], {}, "Unknown option '--fast'"],
  [['destroy'], { BUDGET_USD: 'much' }, 'BUDGET_USD is much'],
] as const)('%j is refused with the name of what is wrong', (args, environment, words) => {
  const { status, stderr } = run(args, environment);
  expect(status).toBe(2);
  expect(stderr).toContain(words);
});
