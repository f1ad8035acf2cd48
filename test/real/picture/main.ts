/**
 * `npm run picture`: the README's pictures of the dashboard, taken of the real thing: the demo shop on Postgres, the edge on
 * Redis, a quarter of an hour of visitors, Debian's Chromium.
 *
 * `npm run picture -- 5` takes it after five minutes instead.
 */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { startDemo } from '../../../infra/local/demo/start.ts';
import { startEdge } from '../../../infra/local/edge/start.ts';
import { startPostgres } from '../../../infra/local/postgres/postgres.ts';
import { startRedis } from '../../../infra/local/redis/start.ts';
import { bundleWith } from '../../flows/bundle-with.ts';
import { startBrowser } from '../browser.ts';
import { visit } from './visitors.ts';

const TOKEN = 'the-token-of-the-pictures-of-the-dashboard';
const FOLDER = join(import.meta.dirname, '..', '..', '..', 'edge', 'dashboard');
const VIEWPORT = { width: 1440, height: 1070 };
/** The origin says itself what may be stored: the routes are there for their names in the figures. */
const CONFIG = {
  routes: [
    { match: '/products/:id' },
    { match: '/api/products/:id' },
    { match: '/search' },
    { match: '/' },
    { match: '/account' },
  ],
};

const minutes = Number(process.argv[2] ?? 16.5);
const stateDir = await mkdtemp(join(tmpdir(), 'headrace-picture-'));
const stopping: (() => Promise<unknown>)[] = [() => rm(stateDir, { recursive: true })];

for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => void stopAll().then(() => process.exit(1)));

try {
  const url = await start();
  console.log(`The edge is at ${url}; the pictures are taken in ${minutes} minutes.`);
  await visit({ edge: url, minutes, perSecond: 24 });
  await takePictures(url);
} finally {
  await stopAll();
}

async function stopAll(): Promise<void> {
  for (const stop of stopping.splice(0).toReversed()) await stop();
}

async function start(): Promise<string> {
  const [postgres, redis, worker] = await Promise.all([
    startPostgres({ stateDir: join(stateDir, 'postgres'), notice: console.log }),
    startRedis(),
    bundleWith(CONFIG, join(stateDir, 'worker.js')),
  ]);
  stopping.push(postgres.stop, redis.stop);
  const demo = await startDemo({ databaseUrl: postgres.url });
  stopping.push(demo.stop);
  const variables = {
    ORIGIN_URL: demo.url,
    ADMIN_TOKEN: TOKEN,
    UPSTASH_REDIS_REST_URL: redis.url,
    UPSTASH_REDIS_REST_TOKEN: redis.token,
  };
  const edge = await startEdge({ worker, port: 0, host: '127.0.0.1', variables });
  stopping.push(edge.stop);
  return edge.url;
}

async function takePictures(url: string): Promise<void> {
  const browser = await startBrowser();
  stopping.push(browser.close);
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.openPage();
    await page.setViewportSize(VIEWPORT);
    await page.emulateMedia({ colorScheme });
    await page.goto(`${url}/dashboard`);
    await page.getByLabel('Token', { exact: true }).fill(TOKEN);
    await page.getByRole('button', { name: 'Open the dashboard' }).click();
    await page.locator('#tiles article').first().waitFor();
    await page.getByLabel('15 min').check();
    // The ring is drawn with a short movement.
    await page.waitForTimeout(1_500);
    const picture = await sharp(await page.screenshot())
      .png({ palette: true, colours: 128, effort: 10 })
      .toBuffer();
    const file = join(FOLDER, `dashboard-${colorScheme}.png`);
    await writeFile(file, picture);
    console.log(`${file}: ${Math.round(picture.byteLength / 1024)} KB`);
  }
}
