import { describe, expect, it } from 'vitest';
import type { ImageOptions } from '../../../../shared/images/options.ts';
import { planPicture } from '../../../../shared/images/plan/plan-picture.ts';
import type { SourceFacts } from '../../../../shared/images/plan/source-facts.ts';
import { DEFAULT_IMAGE_SETTINGS, type ImageSettings } from '../../../../shared/images/settings.ts';

const photo: SourceFacts = {
  type: 'jpeg',
  width: 400,
  height: 200,
  orientation: 1,
  frames: 1,
  hasAlpha: false,
};
const logo: SourceFacts = { ...photo, type: 'png', hasAlpha: true };
const clip: SourceFacts = { ...logo, type: 'gif', frames: 10 };

function plan(options: ImageOptions, facts = photo, settings: Partial<ImageSettings> = {}) {
  return planPicture(facts, options, { ...DEFAULT_IMAGE_SETTINGS, ...settings });
}

describe('the steps', () => {
  it('come in one order, each with its numbers', () => {
    const options: ImageOptions = {
      sharpen: 1,
      blur: 2,
      grayscale: true,
      pad: { top: 1, right: 2, bottom: 3, left: 4 },
      flip: 'h',
      width: 50,
      rotate: 90,
      crop: { left: 10, top: 20, width: 100, height: 50 },
      format: 'webp',
      quality: 60,
    };
    expect(plan(options)).toMatchObject({
      steps: [
        { step: 'rotate', degrees: 90 },
        { step: 'crop', box: { left: 10, top: 20, width: 100, height: 50 } },
        { step: 'flip', axis: 'h' },
        { step: 'resize', width: 50, fit: 'inside' },
        { step: 'pad', top: 1, right: 2, bottom: 3, left: 4, background: 'ffffff' },
        { step: 'grayscale' },
        { step: 'blur', sigma: 2 },
        { step: 'sharpen', sigma: 1 },
      ],
      size: { width: 56, height: 29 },
      encoding: { format: 'webp', quality: 60, effort: 4 },
    });
  });

  it('are counted from the upright picture', () => {
    const lying = { ...photo, orientation: 6 };
    expect(plan({ crop: { left: 0, top: 0, width: 999, height: 999 } }, lying)).toMatchObject({
      size: { width: 200, height: 400 },
    });
  });

  it('have no crop beyond the edge', () => {
    expect(plan({ crop: { left: 400, top: 0, width: 1, height: 1 } })).toMatchObject({
      code: 'IMAGE_CROP_OUTSIDE',
    });
  });

  it('end with the watermark, as wide as its share', () => {
    const watermarks = { logo: { key: 'marks/logo.png', widthRatio: 0.25, opacity: 0.5 } };
    expect(plan({ watermark: 'logo', width: 200 }, photo, { watermarks })).toMatchObject({
      steps: [
        { step: 'resize' },
        {
          step: 'watermark',
          key: 'marks/logo.png',
          gravity: 'southeast',
          within: { width: 50, height: 100 },
          opacity: 0.5,
        },
      ],
    });
  });
});

describe('transparency', () => {
  it('is flattened on white where the format has none', () => {
    expect(plan({ format: 'jpeg' }, logo)).toMatchObject({
      steps: [{ step: 'flatten', background: 'ffffff' }],
    });
    expect(plan({ format: 'jpeg' }, photo)).toMatchObject({ steps: [] });
  });

  it('stays where the format has it, unless a background is asked for', () => {
    expect(plan({ format: 'webp' }, logo)).toMatchObject({ steps: [] });
    expect(plan({ format: 'webp', background: '00ff00' }, logo)).toMatchObject({
      steps: [{ step: 'flatten', background: '00ff00' }],
    });
  });
});

describe('legacy', () => {
  it('is JPEG, PNG for transparency, GIF for what moves', () => {
    expect(plan({ format: 'legacy', quality: 70 })).toMatchObject({
      encoding: { format: 'jpeg', quality: 70 },
    });
    expect(plan({ format: 'legacy', quality: 70 }, logo)).toMatchObject({ encoding: { format: 'png' } });
    expect(plan({ format: 'legacy', background: 'ffffff' }, logo)).toMatchObject({
      encoding: { format: 'jpeg' },
    });
    expect(plan({ format: 'legacy', anim: true }, clip)).toMatchObject({
      frames: 'all',
      encoding: { format: 'gif' },
    });
  });
});

describe('a source', () => {
  it('is refused by its pixels, all frames that are decoded together', () => {
    const bomb = { ...photo, width: 8000, height: 8000 };
    expect(plan({}, bomb)).toMatchObject({ code: 'IMAGE_TOO_MANY_PIXELS' });
    const film = { ...clip, width: 2000, height: 2000, frames: 13 };
    expect(plan({}, film)).not.toHaveProperty('code');
    expect(plan({ anim: true }, film)).toMatchObject({ code: 'IMAGE_TOO_MANY_PIXELS' });
  });

  it('is refused by its frames and by its sides', () => {
    expect(plan({ anim: true }, { ...clip, width: 2, height: 2, frames: 201 })).toMatchObject({
      code: 'IMAGE_TOO_MANY_FRAMES',
    });
    expect(plan({}, { ...photo, width: 16_385, height: 1 })).toMatchObject({ code: 'IMAGE_TOO_MANY_PIXELS' });
  });
});

describe('a result', () => {
  const { maxPixels } = DEFAULT_IMAGE_SETTINGS.limits;

  it('of all frames together has no more pixels than one picture may', () => {
    const film = { ...clip, width: 400, height: 400, frames: 200 };
    const made = plan({ anim: true, width: 1600, height: 1600, fit: 'squeeze', format: 'webp' }, film);
    if ('code' in made) throw new Error(made.code);
    expect(made.size.width * made.size.height * 200).toBeLessThanOrEqual(maxPixels);
    expect(made.size.width * made.size.height * 200).toBeGreaterThan(maxPixels * 0.98);
  });

  it('is refused when padding makes it larger than that', () => {
    const pad = { top: 4000, right: 4000, bottom: 4000, left: 4000 };
    expect(plan({ pad })).toMatchObject({ code: 'IMAGE_RESULT_TOO_LARGE' });
    expect(plan({ pad: { ...pad, top: 0, bottom: 0 } })).toMatchObject({ code: 'IMAGE_RESULT_TOO_LARGE' });
    expect(plan({ pad: { ...pad, right: 0, left: 0, bottom: 0 } })).not.toHaveProperty('code');
  });
});

it('encodes AVIF at effort 3, faster where speed is asked for', () => {
  expect(plan({ format: 'avif', quality: 50 })).toMatchObject({
    encoding: { format: 'avif', quality: 50, effort: 3 },
  });
  expect(plan({ format: 'avif', compression: 'fast' })).toMatchObject({ encoding: { effort: 2 } });
  expect(plan({ format: 'jpeg' })).toMatchObject({ encoding: { optimised: true } });
  expect(plan({ format: 'jpeg', compression: 'fast' })).toMatchObject({ encoding: { optimised: false } });
});
