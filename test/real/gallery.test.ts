/** The demo's gallery in a browser, with the whole stack behind it as `npm start` runs it. */

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { type Launched, launch, makeStateDir, READY, removeStateDir } from '../flows/launched.ts';
import { startBrowser, type TestBrowser } from './browser.ts';
import { AUDIT } from './page-audit.ts';

/** Of 200 products, the first two. */
const PICTURES = 2;
const VIEWS = [
  { size: 'desktop', viewport: { width: 1280, height: 1000 }, scheme: 'light' },
  { size: 'phone', viewport: { width: 390, height: 844 }, scheme: 'dark' },
] as const;

let stateDir: string;
let launched: Launched;
let browser: TestBrowser;
let edge: string;

beforeAll(async () => {
  browser = await startBrowser();
  stateDir = await makeStateDir();
  launched = launch('start', { stateDir });
  edge = await launched.prints(READY);
  // They are put into the bucket while the stack already answers.
  await eventually(async () => {
    expect((await fetch(`${edge}/images/format=json/products/${PICTURES}.jpg`)).status).toBe(200);
  });
});

afterAll(async () => {
  await browser.close();
  launched.process.kill('SIGTERM');
  await launched.exit;
  await removeStateDir(stateDir);
});

async function open(view: (typeof VIEWS)[number]) {
  const page = await browser.openPage();
  const amiss: string[] = [];
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') amiss.push(message.text());
  });
  page.on('pageerror', error => amiss.push(error.message));
  page.on('requestfailed', request => amiss.push(request.url()));
  page.on('response', response => {
    if (response.status() >= 400) amiss.push(`${response.status()} ${response.url()}`);
  });
  await page.setViewportSize(view.viewport);
  await page.emulateMedia({ colorScheme: view.scheme, reducedMotion: 'reduce' });
  await page.goto(`${edge}/gallery`);
  return { page, amiss };
}

/** What each figure shows, as the browser has decoded it, and as the page tells it. */
async function shownIn(page: Page) {
  for (let at = 0; at < PICTURES; at++) {
    const figure = page.locator('figure').nth(at);
    await figure.scrollIntoViewIfNeeded();
    await figure.locator('[data-shown]', { hasText: 'less' }).waitFor();
  }
  return page.evaluate<{ src: string; original: string; shown: string }[]>(`
    [...document.querySelectorAll('figure')].map(figure => {
      const image = figure.querySelector('img');
      return {
        src: image.currentSrc,
        original: figure.querySelector('[data-original]').textContent,
        shown: figure.querySelector('[data-shown]').textContent,
      };
    })`);
}

const bytesIn = (text: string) => Number(/([\d.,]+) kB/.exec(text)?.[1]?.replaceAll(',', '')) * 1000;

describe.each(VIEWS)('the gallery on a $size, $scheme', view => {
  it('shows every picture in the best format, and tells its bytes before and after', async () => {
    const { page, amiss } = await open(view);
    const shown = await shownIn(page);
    expect(shown).toHaveLength(PICTURES);
    for (const { src, original, shown: told } of shown) {
      expect(src).toMatch(/\/images\/width=\d+,format=avif\/products\/\d\.jpg$/);
      expect(told).toContain(`AVIF, ${/width=(\d+)/.exec(src)?.[1]} px wide`);
      const body = await (await fetch(src)).arrayBuffer();
      expect(Math.abs(bytesIn(told) - body.byteLength)).toBeLessThan(100);
      expect(original).toMatch(/^1200 × 900, JPEG/);
      expect(bytesIn(told)).toBeLessThan(bytesIn(original) / 2);
    }
    expect(await page.evaluate<string[]>(AUDIT)).toEqual([]);
    expect(amiss).toEqual([]);
  });

  it('weighs every format and width of a picture when asked: the better format is lighter', async () => {
    const { page, amiss } = await open(view);
    await shownIn(page);
    const figure = page.locator('figure').first();
    await figure.locator('summary').click();
    await figure.locator('tr:last-child td:last-child', { hasText: 'kB' }).waitFor();
    const cells = (await figure.locator('td').allTextContents()).map(bytesIn);
    expect(cells).toHaveLength(9);
    for (const row of [0, 3, 6]) {
      const [avif = 0, webp = 0, jpeg = 0] = cells.slice(row, row + 3);
      expect(avif).toBeGreaterThan(0);
      expect(avif).toBeLessThan(webp);
      expect(webp).toBeLessThan(jpeg);
    }
    expect(await page.evaluate<string[]>(AUDIT)).toEqual([]);
    expect(amiss).toEqual([]);
    await page.context().close();
  });
});
