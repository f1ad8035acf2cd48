import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { cache } from '../../../edge/hono/cache.ts';
import * as strategies from '../../../edge/hono/strategies.ts';
import { askApp } from './waiting.ts';

const { userData, searchResults, ...shared } = strategies;

async function ask(strategy: (typeof strategies)[keyof typeof strategies], ...paths: string[]) {
  const app = new Hono();
  app.use('*', cache(strategy));
  app.get('*', c => c.text('a'));
  const statuses: string[] = [];
  for (const path of paths) {
    const { response, status } = await askApp(app, path);
    statuses.push(`${response.headers.get('cache-control')} / ${status}`);
  }
  return statuses;
}

test.each(Object.entries(shared))('%s is kept for all', async (_, strategy) => {
  const [, again] = await ask(strategy, '/a', '/a');
  expect(again).toMatch(/^max-age=\d+ \/ hit/);
});

test('userData is kept for nobody but its browser', async () => {
  const [, again] = await ask(userData, '/a', '/a');
  expect(again).toMatch(/^private, max-age=60 \/ fwd=/);
});

test('searchResults count no clicks', async () => {
  const [, clicked, other] = await ask(searchResults, '/s?q=a', '/s?q=a&utm_source=mail', '/s?q=b');
  expect(clicked).toContain('/ hit');
  expect(other).toContain('uri-miss');
});
