import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../../../../shared/images/refusal.ts';
import { formatOptions } from '../../../../shared/images/request/format-request.ts';
import { parseOptionList } from '../../../../shared/images/request/parse-options.ts';
import { resolveRequest } from '../../../../shared/images/resolve/resolve.ts';
import { DEFAULT_IMAGE_SETTINGS, type ImageSettings } from '../../../../shared/images/settings.ts';

const BROWSER = 'image/avif,image/webp,image/apng,image/*,*/*;q=0.8';

function resolve(
  list: string,
  accept: string | null = BROWSER,
  changed: Partial<ImageSettings> = {},
): string {
  const options = list === '' ? {} : parseOptionList(list);
  if (isRefusal(options)) return options.code;
  const settings = { ...DEFAULT_IMAGE_SETTINGS, ...changed };
  const resolved = resolveRequest({ source: 'a.jpg', options }, accept, settings);
  return isRefusal(resolved) ? resolved.code : formatOptions(resolved.options);
}

describe('a width', () => {
  it('becomes the next step of the ladder', () => {
    expect(resolve('width=321,format=png')).toBe('width=384,format=png');
    expect(resolve('width=384,format=png')).toBe('width=384,format=png');
  });

  it('above the top becomes the top', () => {
    expect(resolve('width=9999,format=png')).toBe('width=3840,format=png');
  });

  it('takes the height along', () => {
    expect(resolve('width=300,height=150,fit=cover,format=png')).toBe(
      'width=320,height=160,fit=cover,format=png',
    );
  });

  it('is multiplied by the density of the screen first', () => {
    expect(resolve('width=320,dpr=2,pad=3,format=png')).toBe('width=640,pad=6,format=png');
  });

  it('stays as it is without a ladder, up to the longest side', () => {
    expect(resolve('width=321,format=png', null, { ladder: null })).toBe('width=321,format=png');
    expect(resolve('width=8000,height=4000,dpr=3,fit=cover,format=png', null, { ladder: null })).toBe(
      'width=8192,height=4096,fit=cover,format=png',
    );
  });
});

describe('a format', () => {
  it('that is chosen by Accept comes with the quality that looks the same', () => {
    expect(resolve('width=640')).toBe('width=640,format=avif,quality=47');
    expect(resolve('width=640', 'image/webp')).toBe('width=640,format=webp,quality=83');
    expect(resolve('width=640', null)).toBe('width=640,format=legacy,quality=75');
  });

  it('that is named takes the quality by the word', () => {
    expect(resolve('format=webp,quality=75')).toBe('format=webp,quality=75');
    expect(resolve('format=auto,quality=75')).toBe('format=avif,quality=47');
  });

  it('that loses nothing has no quality, unless it is asked for', () => {
    expect(resolve('format=png')).toBe('format=png');
    expect(resolve('format=png,quality=60')).toBe('format=png,quality=60');
    expect(resolve('format=json,quality=60,anim=true')).toBe('format=json');
  });
});

describe('what has no effect', () => {
  it.each([
    ['gravity=entropy,width=640,format=png', 'width=640,format=png'],
    ['fit=cover,format=png', 'format=png'],
    ['fit=scale-down,width=640,height=640,format=png', 'width=640,height=640,format=png'],
    ['anim=true,format=avif,quality=50', 'format=avif,quality=50'],
    ['width=640,height=90,fit=cover,rotate=90,blur=3,trim=9,format=json', 'trim=9,format=json'],
    ['grayscale=false,anim=false,pad=0,profile=srgb,metadata=none,onerror=problem,format=png', 'format=png'],
  ])('is left out: %s', (list, expected) => {
    expect(resolve(list)).toBe(expected);
  });
});

describe('a preset', () => {
  const presets = { card: 'width=320,height=180,fit=cover', broken: 'width=0' };

  it('stands for its options, and yields to what is said besides', () => {
    expect(resolve('preset=card,format=png', null, { presets })).toBe(
      'width=320,height=180,fit=cover,format=png',
    );
    expect(resolve('preset=card,fit=crop,format=png', null, { presets })).toBe(
      'width=320,height=180,fit=crop,format=png',
    );
  });

  it('may not say what the rest of the URL excludes', () => {
    const film = { presets: { film: 'anim=true,width=320' } };
    expect(resolve('preset=film,trim=9', null, film)).toBe('IMAGE_OPTIONS_CONFLICT');
  });

  it('must be known', () => {
    expect(resolve('preset=toString', null, { presets })).toBe('IMAGE_PRESET_UNKNOWN');
  });

  it('may be all that is served', () => {
    const only = { presets, presetsOnly: true };
    expect(resolve('preset=card,format=png', null, only)).toBe('width=320,height=180,fit=cover,format=png');
    expect(resolve('preset=card,width=9', null, only)).toBe('IMAGE_PRESET_REQUIRED');
    expect(resolve('width=9', null, only)).toBe('IMAGE_PRESET_REQUIRED');
    expect(resolve('', null, only)).toBe('IMAGE_PRESET_REQUIRED');
  });
});

it('refuses a watermark that is not listed', () => {
  expect(resolve('watermark=logo')).toBe('IMAGE_WATERMARK_UNKNOWN');
  expect(resolve('watermark=logo,format=png', null, { watermarks: { logo: { key: 'l.png' } } })).toBe(
    'watermark=logo,format=png',
  );
});

it('comes to rest: what is resolved resolves to itself, whatever Accept says then', () => {
  const list = fc
    .record(
      {
        width: fc.integer({ min: 1, max: 16_384 }),
        height: fc.integer({ min: 1, max: 16_384 }),
        dpr: fc.constantFrom(0.5, 1, 1.5, 2, 3),
        fit: fc.constantFrom('scale-down', 'contain', 'cover', 'crop', 'pad', 'squeeze', 'outside'),
        gravity: fc.constantFrom('north', '0.2x0.9', 'center'),
        pad: fc.integer({ min: 0, max: 200 }),
        quality: fc.integer({ min: 1, max: 100 }),
        format: fc.constantFrom('auto', 'webp', 'png', 'legacy', 'json'),
      },
      { requiredKeys: ['width'] },
    )
    .map(record =>
      Object.entries(record)
        .map(([name, value]) => `${name}=${value}`)
        .join(','),
    );
  fc.assert(
    fc.property(list, text => {
      const once = resolve(text);
      expect(resolve(once, 'image/webp')).toBe(once);
    }),
  );
});
