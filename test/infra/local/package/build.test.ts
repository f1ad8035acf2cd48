import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { convertV4MiniflareOptions, Miniflare } from 'miniflare';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RedisTier, startRedisTier } from '../../../contracts/redis-tier.ts';
import { AZURE_SAS, startAzureBlob } from '../../../fakes/azure-blob.ts';
import { ROOT } from '../../../rules/modules.ts';
import { type Consumer, createConsumer } from './consumer.ts';

/** What an application does, in any runtime: two instances of the cache on one Redis. */
const APPLICATION = `
import { cacheable, createCache } from 'headrace/cache';

export async function use(redis: { url: string; token: string }, prefix: string): Promise<unknown> {
  const open = () => createCache({ redis, keyPrefix: prefix, defaultTtlMs: 60_000, deadlineMs: 5_000 });
  const [first, second] = [open(), open()];
  await first.set('page', { text: 'a tap '.repeat(1_000), at: new Date(0), size: 12n }, { tags: ['taps'] });
  const page = await second.get<{ text: string; at: Date; size: bigint }>('page');
  let loads = 0;
  const double = cacheable(async (n: number) => 2 * n + loads++ - loads + 1, { cache: first, name: 'double' });
  const doubled = [await double(21), await double(21), loads];
  await first.purgeTags(['taps']);
  const gone = await open().get('page');
  const health = await first.health();
  for (const cache of [first, second]) await cache.close();
  return { length: page?.text.length, at: page?.at.getTime(), size: String(page?.size), doubled, gone: gone ?? null, redis: health.redis };
}
`;
const EXPECTED = { length: 6_000, at: 0, size: '12', doubled: [42, 42, 1], gone: null, redis: 'up' };

let tier: RedisTier;
let consumer: Consumer;
beforeAll(async () => {
  tier = await startRedisTier();
  consumer = await createConsumer();
  await consumer.write('package.json', '{ "type": "module" }');
  await consumer.write('application.ts', APPLICATION);
});
afterAll(async () => {
  await consumer?.remove();
  await tier?.stop();
});

describe('the packed library', () => {
  it('works in Node, and lets the process end', async () => {
    await consumer.write(
      'main.ts',
      `import { use } from './application.ts';
      const { URL: url = '', TOKEN: token = '' } = process.env;
      console.log(JSON.stringify(await use({ url, token }, 'node')));`,
    );
    const output = await consumer.run(process.execPath, ['main.ts'], { URL: tier.url, TOKEN: tier.token });
    expect(JSON.parse(output)).toEqual(EXPECTED);
  });

  it('works in workerd, without undici', async () => {
    const entry = await consumer.write(
      'worker.ts',
      `import { use } from './application.ts';
      export default { fetch: async (_: Request, env: { URL: string; TOKEN: string }) =>
        Response.json(await use({ url: env.URL, token: env.TOKEN }, 'worker')) };`,
    );
    const outfile = join(consumer.folder, 'worker.js');
    const { metafile } = await build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      format: 'esm',
      conditions: ['workerd'],
      external: ['node:*'],
      metafile: true,
    });
    expect(Object.keys(metafile.inputs).filter(path => path.includes('undici'))).toEqual([]);
    const miniflare = new Miniflare(
      convertV4MiniflareOptions({
        modules: true,
        script: await readFile(outfile, 'utf8'),
        compatibilityDate: '2026-07-30',
        compatibilityFlags: ['nodejs_compat'],
        bindings: { URL: tier.url, TOKEN: tier.token },
        cf: false,
      }),
    );
    try {
      expect(await (await miniflare.dispatchFetch('http://worker/')).json()).toEqual(EXPECTED);
    } finally {
      await miniflare.dispose();
    }
  });

  it('brings a client that needs nothing but fetch', async () => {
    await consumer.write(
      'asking.ts',
      `import { createClient, HeadraceApiError } from 'headrace/client';
      const error = await createClient({ url: 'http://127.0.0.1:9' }).performance.health().catch(reason => reason);
      console.log(error instanceof HeadraceApiError, error.code);`,
    );
    expect(await consumer.run(process.execPath, ['asking.ts'])).toBe('true EDGE_UNREACHABLE\n');
  });

  it('brings metrics for applications', async () => {
    await consumer.write(
      'counting.ts',
      `import { createMonitoring } from 'headrace/monitoring';
      const { URL: url = '', TOKEN: token = '' } = process.env;
      const open = () => createMonitoring({ redis: { url, token }, keyPrefix: 'packed' });
      const [first, second] = [open(), open()];
      first.counter('orders_total', { country: 'de' }).add(2);
      await first.flush();
      second.counter('orders_total', { country: 'de' }).add();
      console.log((await second.exposition()).split('\\n').find(line => line.startsWith('orders_total')));`,
    );
    const output = await consumer.run(process.execPath, ['counting.ts'], {
      URL: tier.url,
      TOKEN: tier.token,
    });
    expect(output).toBe('orders_total{country="de"} 3\n');
  });

  it('brings publishing', async () => {
    const azure = await startAzureBlob();
    await consumer.write(
      'publishing.ts',
      `import { createPublisher, openAzureAssets, openPictures } from 'headrace/publishing';
      const { CONTAINER: containerUrl = '', SAS: sas = '' } = process.env;
      const store = openAzureAssets({ containerUrl, signIn: { kind: 'sas', sas } });
      const { uploadAsset } = createPublisher({ store });
      const { key } = await uploadAsset('data/a.json', '{ "b": [ 1 ] }', { minify: true, pictures: await openPictures() });
      console.log(key, new TextDecoder().decode((await store.read(key, 100))?.bytes));`,
    );
    const environment = { CONTAINER: azure.containerUrl, SAS: AZURE_SAS };
    const output = await consumer
      .run(process.execPath, ['publishing.ts'], environment)
      .finally(() => azure.server.close());
    expect(output).toMatch(/^data\/a\.[0-9a-f]{16}\.json {"b":\[1\]}\n$/);
  });

  it('brings what a page needs to show images', async () => {
    await consumer.write(
      'page.ts',
      `import { imageUrl, signedImageUrl, srcset, unpic } from 'headrace/images';
      console.log(imageUrl('a b.jpg', { width: 640 }));
      console.log(srcset('a.jpg', { widths: [320], options: { format: 'webp' } }));
      console.log(unpic.generate('a.jpg', { width: 32 }));
      const signed = await signedImageUrl('a.jpg', { width: 9 }, { keys: ['k'.repeat(32)] });
      console.log(/[?]signature=[\\w-]{43}$/.test(signed));`,
    );
    expect((await consumer.run(process.execPath, ['page.ts'])).split('\n')).toEqual([
      '/images/width=640,format=auto/a%20b.jpg',
      '/images/width=320,format=webp/a.jpg 320w',
      '/images/width=32,format=auto/a.jpg',
      'true',
      '',
    ]);
  });

  it('brings its types, and refuses what is no option', async () => {
    const options = (more: object) =>
      JSON.stringify({
        compilerOptions: {
          strict: true,
          noEmit: true,
          target: 'ES2024',
          allowImportingTsExtensions: true,
          types: ['node'],
          ...more,
        },
        files: ['application.ts', 'wrong.ts', 'client.ts'],
      });
    await consumer.write(
      'wrong.ts',
      `import { createCache } from 'headrace/cache';
      // @ts-expect-error: a duration is a number
      createCache({ defaultTtlMs: '1 minute' });`,
    );
    const compiler = join(ROOT, 'node_modules', '.bin', 'tsc');
    await consumer.write(
      'client.ts',
      `import { createClient } from 'headrace/client';
      const { cache } = createClient({ url: 'http://127.0.0.1:9' });
      export const stale: boolean = (await cache.purge({ tags: ['a'], soft: true })).soft;
      // @ts-expect-error: tags are a list
      await cache.purge({ tags: 'a' });`,
    );
    await consumer.write('node.json', options({ module: 'NodeNext' }));
    await consumer.write('bundler.json', options({ module: 'ESNext', moduleResolution: 'bundler' }));
    for (const config of ['node.json', 'bundler.json'])
      expect(await consumer.run(compiler, ['-p', config])).toBe('');
  });
});

describe('the project itself', () => {
  it('exports what the package exports', async () => {
    const packed = join(consumer.folder, 'node_modules', 'headrace', 'package.json');
    const [ours, theirs] = [join(ROOT, 'package.json'), packed].map(async path =>
      JSON.parse(await readFile(path, 'utf8')),
    );
    for (const entry of ['./cache', './client', './monitoring', './images'])
      expect(JSON.stringify((await theirs).exports[entry])).toBe(
        JSON.stringify((await ours).exports[entry]).replaceAll('./dist/', './'),
      );
    expect(Object.keys((await theirs).dependencies)).toEqual(['undici', 'zod']);
  });
});
