import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startBrowser, type TestBrowser } from './browser.ts';

const HTML = `<!doctype html><meta charset="utf-8"><title>Wehr</title>
<body style="margin:0;background:#fff;color:#000;font:32px sans-serif">
<div style="background:#0a7f5c;width:200px;height:100px"></div>
<p id="text" style="margin:0;width:400px;height:50px">Wasser über dem Wehr</p>
<script>document.title = 'Wehr, geöffnet'</script>`;

let server: Server;
let browser: TestBrowser;
let url: string;

beforeAll(async () => {
  server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(HTML));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  browser = await startBrowser();
});
afterAll(async () => {
  await browser.close();
  server.close();
});

/** Colours of a screenshot, read by the browser itself: no decoder of ours in between. */
async function coloursOf(
  page: Page,
  clip: { x: number; y: number; width: number; height: number },
): Promise<string[]> {
  const png = (await page.screenshot({ clip })).toString('base64');
  return page.evaluate<string[]>(`(async () => {
    const bitmap = await createImageBitmap(await (await fetch('data:image/png;base64,${png}')).blob());
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context.drawImage(bitmap, 0, 0);
    const { data } = context.getImageData(0, 0, bitmap.width, bitmap.height);
    const colours = new Set();
    for (let at = 0; at < data.length; at += 4) colours.add(data.slice(at, at + 3).join());
    return [...colours];
  })()`);
}

it('runs the scripts of a page and paints its boxes and letters', async () => {
  const page = await browser.openPage();
  await page.goto(url);
  expect(await page.title()).toBe('Wehr, geöffnet');
  expect(await coloursOf(page, { x: 10, y: 10, width: 150, height: 80 })).toEqual(['10,127,92']);
  expect(await coloursOf(page, { x: 0, y: 100, width: 400, height: 50 })).toEqual(
    expect.arrayContaining(['255,255,255', '0,0,0']),
  );
});

it('gives each page its own storage', async () => {
  const [first, second] = await Promise.all([browser.openPage(), browser.openPage()]);
  await first.goto(url);
  await second.goto(url);
  await first.evaluate(() => localStorage.setItem('seen', 'yes'));
  expect(await second.evaluate(() => localStorage.getItem('seen'))).toBeNull();
});

it('reaches no other host', async () => {
  const page = await browser.openPage();
  await expect(page.goto('http://localhost.example/')).rejects.toThrow('ERR_NAME_NOT_RESOLVED');
});
