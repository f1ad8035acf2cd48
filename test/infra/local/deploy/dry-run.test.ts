/** The Worker as wrangler would upload it: that it can be built, and how large it is. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';

/** A free account takes 3 MB; every KB is read at each start of an isolate. */
const MOST_GZIP_KIB = 220;
const outdir = mkdtempSync(join(tmpdir(), 'headrace-worker-'));
afterAll(() => rmSync(outdir, { recursive: true }));

it('is built without an account or a network, and stays small', () => {
  const wrangler = 'node_modules/wrangler/bin/wrangler.js';
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [wrangler, 'deploy', '--dry-run', '--env', 'staging', '--outdir', outdir],
    {
      encoding: 'utf8',
      env: { ...process.env, CLOUDFLARE_CF_FETCH_ENABLED: 'false', WRANGLER_SEND_METRICS: 'false' },
    },
  );
  expect(stderr).not.toMatch(/warn/i);
  expect(status).toBe(0);
  const [, gzip] = /gzip: ([\d.]+) KiB/.exec(stdout) ?? [];
  expect(Number(gzip)).toBeGreaterThan(50);
  expect(Number(gzip)).toBeLessThan(MOST_GZIP_KIB);
});
