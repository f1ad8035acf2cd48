/**
 * A headless Chromium that sees loopback and nothing else, with a profile that ends with it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { chromiumProgram } from '../contracts/tier.ts';

export interface TestBrowser {
  /** A page with cookies, storage and cache of its own. */
  openPage(): Promise<Page>;
  close(): Promise<void>;
}

/** Without these it looks up hosts of its maker and opens connections at every start. */
const OFFLINE = [
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

export async function startBrowser(): Promise<TestBrowser> {
  const { executablePath, environment } = chromiumProgram();
  const home = mkdtempSync(join(tmpdir(), 'headrace-browser-'));
  const browser = await chromium.launch({
    executablePath,
    env: { ...environment, HOME: home, TMPDIR: home, PATH: '/usr/bin:/bin' },
    // Its sandbox refuses root; what it opens are this project's own pages.
    chromiumSandbox: false,
    args: ['--disable-gpu', ...OFFLINE],
  });
  return {
    openPage: async () => (await browser.newContext()).newPage(),
    close: async () => {
      await browser.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
