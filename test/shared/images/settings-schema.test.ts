import { describe, expect, it } from 'vitest';
import { imageSettingsSchema } from '../../../shared/images/settings-schema.ts';

const wrongField = (input: unknown) =>
  imageSettingsSchema().safeParse(input).error?.issues[0]?.path.join('.');

describe('the settings of images', () => {
  it('may say all there is', () => {
    const said = {
      ladder: [320, 640],
      formats: ['webp'],
      quality: 80,
      presets: { card: 'width=320,fit=cover' },
      presetsOnly: true,
      watermarks: { logo: { key: 'logo.png', gravity: 'north', widthRatio: 0.5, opacity: 0.5 } },
      remoteHosts: ['pictures.example'],
      svg: 'rasterise',
      limits: { maxFrames: 10, timeoutMs: 1_000 },
    };
    expect(imageSettingsSchema().parse(said)).toEqual(said);
    expect(imageSettingsSchema().parse({ ladder: null })).toEqual({ ladder: null });
  });

  it.each([
    [{ ladder: [] }, 'ladder'],
    [{ ladder: [0] }, 'ladder.0'],
    [{ quality: 101 }, 'quality'],
    [{ presets: { card: 'width=0' } }, 'presets.card'],
    [{ presets: { card: 'preset=other' } }, 'presets.card'],
    [{ watermarks: { logo: { key: '' } } }, 'watermarks.logo.key'],
    [{ remoteHosts: ['*.example'] }, 'remoteHosts.0'],
    [{ limits: { timeoutMs: 0 } }, 'limits.timeoutMs'],
    [{ unknown: 1 }, ''],
  ])('name the field that is wrong in %j', (input, field) => {
    expect(wrongField(input)).toBe(field);
  });
});
