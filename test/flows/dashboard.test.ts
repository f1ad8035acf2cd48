import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Flow, startFlow } from './flow.ts';

let flow: Flow;
beforeAll(async () => {
  flow = await startFlow({ variables: { HEADRACE_BASE: '/edge' } });
});
afterAll(() => flow.stop());

const assetsOf = (html: string) =>
  [...html.matchAll(/(?:src|href)="([^"]+\/assets\/[^"]+)"/g)].map(([, path = '']) => path);

const importsOf = (script: string) =>
  [...script.matchAll(/^(?:import|export)[^'"]* from '([^']+)';$/gm)].map(([, path = '']) => path);

test.each(['/edge/dashboard', '/edge/dashboard/api'])(
  '%s and all it is made of are served below the base',
  async path => {
    const page = await flow.ask(path);
    const nonce = /nonce="(\w{24})"/.exec(page.text)?.[1];
    expect([page.status, page.headers['content-security-policy']]).toEqual([
      200,
      expect.stringContaining(`'nonce-${nonce}'`),
    ]);
    const assets = new Set(assetsOf(page.text));
    for (const asset of assets) {
      const { status, text } = await flow.ask(asset);
      expect([asset, status]).toEqual([asset, 200]);
      for (const imported of importsOf(text)) assets.add(new URL(imported, `${flow.url}${asset}`).pathname);
    }
    expect(assets.size).toBeGreaterThan(5);
  },
);

test('an asset is compressed, and confirmed by its tag', async () => {
  const [path = ''] = assetsOf((await flow.ask('/edge/dashboard')).text);
  const plain = await flow.ask(path);
  const coded = await flow.ask(path, { headers: { 'accept-encoding': 'gzip' } });
  expect(gunzipSync(coded.body).toString()).toBe(plain.text);
  const again = await flow.ask(path, { headers: { 'if-none-match': String(plain.headers.etag) } });
  expect([again.status, again.text]).toEqual([304, '']);
});

test('the document tells where it is served', async () => {
  const { text } = await flow.ask('/edge/api/openapi.json');
  expect(JSON.parse(text)).toMatchObject({ servers: [{ url: '/edge' }], info: { title: 'Headrace' } });
});
