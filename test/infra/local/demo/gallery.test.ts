import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { galleryRoutes } from '../../../../infra/local/demo/web/gallery-routes.ts';
import { openImagesPath } from '../../../../infra/local/local-images.ts';
import { parseConfig } from '../../../../shared/config/config.ts';
import { parseSettings } from '../../../../shared/config/settings.ts';

describe('the gallery', () => {
  it('shows each picture of the bucket through the edge, wherever its own paths begin', async () => {
    const page = await read({ path: '/edge/images', pictures: 3 });
    expect(page.match(/<figure /g)).toHaveLength(3);
    expect(page).toContain('data-about="/edge/images/format=json/products/3.jpg"');
    expect(page).toContain('src="/edge/images/width=1080,format=legacy/products/1.jpg"');
    expect(page).not.toContain('"/images/');
  });

  it('says why it is empty where it would show nothing', async () => {
    expect(await read(undefined)).toContain('There is no gallery here');
  });

  it.each([
    ['as it is', {}, {}, '/images'],
    ['below a base', { HEADRACE_BASE: '/edge' }, {}, '/edge/images'],
    ['with signed URLs alone', { IMAGE_SIGNING_KEYS: 'k'.repeat(32) }, {}, undefined],
    ['with presets alone', {}, { presetsOnly: true, presets: { card: 'width=320' } }, undefined],
  ])('on an edge %s', (_, environment, images, path) => {
    const config = parseConfig({ images });
    const settings = parseSettings({ ORIGIN_URL: 'http://127.0.0.1:9', ...environment });
    if (!config.ok || !settings.ok) throw new Error('the settings are wrong');
    expect(openImagesPath(config.config, settings.settings)).toBe(path);
  });
});

async function read(gallery: Parameters<typeof galleryRoutes>[0]): Promise<string> {
  return (await new Hono().route('/', galleryRoutes(gallery)).request('/gallery')).text();
}
