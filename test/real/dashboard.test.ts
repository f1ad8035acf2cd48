import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ask } from '../flows/ask.ts';
import { ADMIN_TOKEN, type Flow, startFlow } from '../flows/flow.ts';
import { startBrowser, type TestBrowser } from './browser.ts';
import { AUDIT } from './page-audit.ts';

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const VIEWS = [
  { size: 'desktop', viewport: DESKTOP, scheme: 'light' },
  { size: 'desktop', viewport: DESKTOP, scheme: 'dark' },
  { size: 'phone', viewport: PHONE, scheme: 'light' },
  { size: 'phone', viewport: PHONE, scheme: 'dark' },
] as const;
const [ANY_VIEW] = VIEWS;

let flow: Flow;
let browser: TestBrowser;
let path: string;
const pages: Page[] = [];

beforeAll(async () => {
  flow = await startFlow({
    config: { routes: [{ match: '/*' }] },
    variables: { HEADRACE_BASE: '/edge' },
  });
  path = flow.origin.page({
    headers: { 'cache-control': 'max-age=600', 'cache-tag': 'shop' },
    body: 'page',
  }).path;
  for (let i = 0; i < 9; i++) await flow.ask(path);
  await flow.ask(flow.origin.page({ status: 503 }).path);
  browser = await startBrowser();
});
afterEach(async () => {
  await Promise.all(pages.splice(0).map(page => page.context().close()));
});
afterAll(async () => {
  await browser.close();
  await flow.stop();
});

interface Seen {
  readonly page: Page;
  /** Errors of its console, exceptions, and requests to anywhere but the edge. */
  readonly amiss: string[];
  readonly asked: string[];
}

async function open(
  route: string,
  { url = flow.url, view = ANY_VIEW as (typeof VIEWS)[number] } = {},
): Promise<Seen> {
  const page = await browser.openPage();
  pages.push(page);
  const [amiss, asked]: [string[], string[]] = [[], []];
  page.on('console', message => {
    if (message.type() === 'error' || message.type() === 'warning') amiss.push(message.text());
  });
  page.on('pageerror', error => amiss.push(error.message));
  page.on('request', request => {
    asked.push(request.url());
    if (!request.url().startsWith(`${url}/edge/`) && !request.url().startsWith('data:'))
      amiss.push(request.url());
  });
  await page.setViewportSize(view.viewport);
  await page.emulateMedia({ colorScheme: view.scheme, reducedMotion: 'reduce' });
  await page.goto(`${url}/edge${route}`);
  return { page, amiss, asked };
}

async function enterToken(page: Page, token = ADMIN_TOKEN): Promise<void> {
  await page.getByLabel('Token', { exact: true }).fill(token);
  await page.keyboard.press('Enter');
}

const audit = (page: Page) => page.evaluate<string[]>(AUDIT);

describe.each(VIEWS)('the dashboard on a $size, $scheme', view => {
  it('asks for the token, and then shows what went through the edge, for everyone to read', async () => {
    const { page, amiss, asked } = await open('/dashboard', { view });
    await page.locator('#token-field:focus').waitFor();
    expect(await audit(page)).toEqual([]);
    await enterToken(page);
    await page.locator('#tiles article').first().waitFor();
    expect(await page.locator('.hub').textContent()).toMatch(/^\d+(\.\d)?%$/);
    expect(await page.locator('#requests-says').textContent()).toContain('in all');
    expect(await page.locator('#routes').textContent()).toContain('/*');
    expect(await page.locator('#health').textContent()).toContain('origin');
    expect(await page.locator('#statuses').textContent()).toContain('5xx');
    expect(await page.locator('#notice').textContent()).toContain('this isolate only');
    expect(await audit(page)).toEqual([]);
    expect(amiss).toEqual([]);
    expect(asked.filter(url => url.includes(ADMIN_TOKEN))).toEqual([]);
  });

  it('lays the API out, and tries it', async () => {
    const { page, amiss } = await open('/dashboard/api', { view });
    await page.locator('#getHealth summary', { hasText: 'Try it' }).click();
    expect(await audit(page)).toEqual([]);
    await page.locator('#getHealth').getByRole('button', { name: 'Send' }).click();
    await page.locator('#getHealth output pre', { hasText: '"edge"' }).waitFor();
    expect(await audit(page)).toEqual([]);
    expect(amiss).toEqual([]);
  });
});

describe('the dashboard', () => {
  it('keeps the token in this tab only', async () => {
    const { page } = await open('/dashboard');
    await enterToken(page);
    await page.locator('#tiles article').first().waitFor();
    const kept = await page.evaluate<string[]>(
      '[JSON.stringify(sessionStorage), JSON.stringify(localStorage), document.cookie]',
    );
    expect(kept.map(text => text.includes(ADMIN_TOKEN))).toEqual([true, false, false]);
    await page.reload();
    await page.locator('#tiles article').first().waitFor();
    await page.getByRole('button', { name: 'Forget token' }).click();
    await page.locator('#token-field:focus').waitFor();
    expect(await page.evaluate('JSON.stringify(sessionStorage)')).not.toContain(ADMIN_TOKEN);
  });

  it('says when the token is wrong, and lets one try again', async () => {
    const { page } = await open('/dashboard');
    await enterToken(page, 'no-token-at-all');
    await page.getByText('That is not the token').waitFor();
    expect(await audit(page)).toEqual([]);
    await enterToken(page);
    await page.locator('#tiles article').first().waitFor();
  });

  it('says that an edge without ADMIN_TOKEN is closed', async () => {
    const closed = await flow.another({ ADMIN_TOKEN: '' });
    const { page } = await open('/dashboard', { url: closed.url });
    await enterToken(page);
    await page.getByText('has no ADMIN_TOKEN').waitFor();
  });

  it('explains and purges', async () => {
    const { page, amiss } = await open('/dashboard');
    await enterToken(page);
    await ask(flow.url, path);
    await page.getByLabel('Path or URL').fill(path);
    await page.getByRole('button', { name: 'Explain' }).click();
    await page.locator('#explained', { hasText: 'served from the memory' }).waitFor();
    await page.getByLabel('What').selectOption('tags');
    await page.getByLabel('One a line', { exact: true }).fill('shop');
    await page.getByRole('button', { name: 'Purge', exact: true }).click();
    await page.locator('#purged', { hasText: 'Purged: 1 named.' }).waitFor();
    await page.getByRole('button', { name: 'Explain' }).click();
    await page.locator('#explained', { hasText: 'Nothing usable is stored' }).waitFor();
    expect(await audit(page)).toEqual([]);
    expect(amiss).toEqual([]);
  });

  it('purges everything at the second press only', async () => {
    const { page, asked } = await open('/dashboard');
    await enterToken(page);
    const purges = () => asked.filter(url => url.endsWith('/cache/purge')).length;
    await page.getByLabel('What').selectOption('everything');
    const button = page.getByRole('button', { name: 'Purge everything' });
    await button.click();
    await page.getByText('Press again').waitFor();
    expect(purges()).toBe(0);
    await button.click();
    await page.locator('#purged', { hasText: 'Purged' }).waitFor();
    expect(purges()).toBe(1);
  });

  it('tells what is wrong with a purge in the edge’s own words', async () => {
    const { page } = await open('/dashboard');
    await enterToken(page);
    await page.getByLabel('One a line', { exact: true }).fill('no address');
    await page.getByRole('button', { name: 'Purge', exact: true }).click();
    await page.locator('#purged', { hasText: 'urls[0] must be' }).waitFor();
    expect(await page.locator('#purged code').textContent()).toBe('PURGE_INVALID');
  });

  it('asks again while it is looked at, and neither hidden nor paused', async () => {
    const { page, asked } = await open('/dashboard');
    const polls = () => asked.filter(url => url.includes('/performance/dashboard')).length;
    await page.clock.install();
    await page.reload();
    await enterToken(page);
    await page.locator('#tiles article').first().waitFor();
    const first = polls();
    await Promise.all([page.waitForResponse(/performance\/dashboard/), page.clock.runFor(10_500)]);
    expect(polls()).toBe(first + 1);
    await page.getByRole('button', { name: /^Live/ }).click();
    await page.clock.runFor(30_000);
    expect([polls(), await page.locator('#live').getAttribute('data-kind')]).toEqual([first + 1, 'paused']);
    await Promise.all([page.waitForResponse(/performance\/dashboard/), page.locator('#live').click()]);
    await page.evaluate(`Object.defineProperty(document, 'hidden', { get: () => true, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'))`);
    const beforeHiding = polls();
    await page.clock.runFor(30_000);
    expect(polls()).toBe(beforeHiding);
    const shown = page.waitForResponse(/performance\/dashboard/);
    await page.evaluate(`delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))`);
    await shown;
  });

  it('says that the edge is away, and keeps what it last knew', async () => {
    const other = await flow.another();
    const { page } = await open('/dashboard', { url: other.url });
    await page.clock.install();
    await page.reload();
    await enterToken(page);
    await page.locator('#tiles article').first().waitFor();
    await other.stop();
    await page.clock.runFor(10_500);
    await page.getByText('The edge does not answer.').waitFor();
    expect(await page.locator('#tiles article').count()).toBe(4);
    expect(await page.locator('#live').getAttribute('data-kind')).toBe('away');
  });

  it('tells, while the cache only looks on, what it would have answered', async () => {
    const looking = await flow.another({ HEADRACE_MODE: 'observe' });
    const page = flow.origin.page({ headers: { 'cache-control': 'max-age=600' }, body: 'page' });
    for (let i = 0; i < 4; i++) await ask(looking.url, page.path);
    const seen = await open('/dashboard', { url: looking.url });
    await enterToken(seen.page);
    await seen.page.locator('#observed', { hasText: 'the cache would have answered 3' }).waitFor();
    expect(await seen.page.locator('.hub-says').textContent()).toBe('would hit');
    expect(await seen.page.locator('#routes').textContent()).toContain('Would hit');
    expect(await audit(seen.page)).toEqual([]);
    expect(seen.amiss).toEqual([]);
  });

  it('shows what to do while there was no request', async () => {
    const fresh = await flow.another();
    const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
    await ask(fresh.url, '/edge/api/performance/reset', { method: 'POST', headers });
    const { page, amiss } = await open('/dashboard', { url: fresh.url });
    await enterToken(page);
    await page.locator('#requests', { hasText: `curl -i ${fresh.url}/` }).waitFor();
    expect(await page.locator('.hub').textContent()).toBe('–');
    expect(await audit(page)).toEqual([]);
    expect(amiss).toEqual([]);
  });

  it('is used with the keyboard alone: a chart is read by the arrow keys', async () => {
    const { page } = await open('/dashboard');
    await enterToken(page);
    await page.locator('#tiles article').first().waitFor();
    await page.locator('#requests').focus();
    await page.keyboard.press('End');
    await page.locator('#requests .tip', { hasText: 'cache' }).waitFor();
    await page.keyboard.press('Escape');
    expect(await page.locator('#requests .tip').isVisible()).toBe(false);
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.id')).toBe('latency');
  });

  it('changes its colours by a button, and remembers them', async () => {
    const { page } = await open('/dashboard');
    await enterToken(page);
    const paper = () => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
    const light = await paper();
    const button = page.getByRole('button', { name: /^Colours/ });
    await button.click();
    expect(await paper()).toBe(light);
    await button.click();
    const dark = await paper();
    expect(dark).not.toBe(light);
    await page.reload();
    expect(await paper()).toBe(dark);
  });
});
