import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClient } from '../../shared/client/client.ts';
import type { ConfigInput } from '../../shared/config/config.ts';
import { parseMarkdown } from '../rules/markdown.ts';
import { ROOT } from '../rules/modules.ts';
import { ADMIN_TOKEN, type Flow, type FlowOptions, startFlow } from './flow.ts';

/** What the README has its reader write, step by step, tried as it stands there. */
let blocks: readonly string[];
let folder: string;
let flow: Flow | undefined;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headrace-adopt-'));
  const readme = parseMarkdown(await readFile(join(ROOT, 'README.md'), 'utf8'));
  blocks = readme.blocks.filter(({ language }) => language === 'ts').map(({ code }) => code);
});
afterAll(async () => {
  await flow?.stop();
  await rm(folder, { recursive: true });
});

async function fileWith(code: string): Promise<string> {
  const file = join(folder, `${crypto.randomUUID()}.ts`);
  await writeFile(file, code.replaceAll("from './", `from '${ROOT}`));
  return file;
}

/** The origin's first page stands for the products, its second for everything else. */
async function startWith(code: string, variables: FlowOptions['variables'] = {}) {
  await flow?.stop();
  const { default: config } = (await import(await fileWith(code))) as { default: ConfigInput };
  const { origins: _, hosts: __, ...rest } = config;
  flow = await startFlow({
    config: JSON.parse(JSON.stringify(rest).replaceAll('/products/', '/page-1/')),
    variables,
  });
  const product = flow.origin.page({ body: 'product' });
  const other = flow.origin.page({ headers: { 'cache-control': 'max-age=600' }, body: 'other' });
  expect(product.path).toBe('/page-1');
  return { product, other, ask: flow.ask, url: flow.url };
}

const configs = () => blocks.filter(code => code.includes('defineConfig'));

test('while one looks on, every answer is the origin’s, and says what the cache would have done', async () => {
  const { other, ask, url } = await startWith('export default {};', { HEADRACE_MODE: 'observe' });
  await ask(other.path);
  expect((await ask(other.path)).cacheStatus).toContain('detail=observe-hit');
  expect(other.asked).toHaveLength(2);
  const { performance } = createClient({ url, token: ADMIN_TOKEN });
  const { cache } = await performance.stats();
  // Whoever waits until the edge answers asks for a page too.
  const { hit = 0, miss = 0 } = cache.observed?.outcomes ?? {};
  expect([hit, miss > 0, cache.hitRatio]).toEqual([1, true, null]);
  expect(cache.observed?.hitRatio).toBeCloseTo(hit / (hit + miss));
  const [busiest] = (await performance.endpoints()).routes;
  expect(busiest?.observedHitRatio).toBeCloseTo(hit / (hit + miss));
});

test('one route is cached, and everything else is asked of the origin each time', async () => {
  const { product, other, ask } = await startWith(configs()[0] ?? '');
  for (let i = 0; i < 3; i++) await ask(`${product.path}/1`);
  for (let i = 0; i < 3; i++) await ask(other.path);
  expect([product.asked.length, other.asked.length]).toEqual([1, 3]);
});

test('the client purges it where it changes, and prints what the README says', async () => {
  const { product, ask, url } = await startWith(configs()[0] ?? '');
  const [code = ''] = blocks.filter(text => text.includes('createClient'));
  expect(code).toContain("tags: ['product-1']");
  const promised = /console\.log\(words\); \/\/ (.+)/.exec(code)?.[1];
  await ask(`${product.path}/1`);
  const run = await fileWith(
    code.replace('http://127.0.0.1:8787', url).replace("url: '/products/1'", `url: '${product.path}/1'`),
  );
  const env = { PATH: process.env.PATH ?? '', ADMIN_TOKEN };
  const { stdout } = await promisify(execFile)(process.execPath, [run], { env });
  expect(stdout.trim()).toBe(promised);
  await ask(`${product.path}/1`);
  expect(product.asked).toHaveLength(2);
});

test('then everything is cached that says it may be', async () => {
  const { product, other, ask } = await startWith(configs()[1] ?? '');
  for (let i = 0; i < 3; i++) await ask(`${product.path}/1`);
  for (let i = 0; i < 3; i++) await ask(other.path);
  expect([product.asked.length, other.asked.length]).toEqual([1, 1]);
});
