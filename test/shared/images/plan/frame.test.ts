import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FITS } from '../../../../shared/images/options.ts';
import { framePicture } from '../../../../shared/images/plan/frame.ts';
import { DEFAULT_IMAGE_SETTINGS } from '../../../../shared/images/settings.ts';

const { limits } = DEFAULT_IMAGE_SETTINGS;
const landscape = { width: 1000, height: 500 };
const background = 'ffffff';

const frame = (asked: object, before = landscape) => framePicture(before, { background, ...asked }, limits);

describe('what comes out', () => {
  it.each([
    [{ width: 500 }, [500, 250]],
    [{ height: 100 }, [200, 100]],
    [{ width: 2000 }, [1000, 500]],
    [{ width: 2000, fit: 'contain' }, [2000, 1000]],
    [{ width: 100, height: 100 }, [100, 50]],
    [{ width: 100, height: 100, fit: 'cover' }, [100, 100]],
    [{ width: 1500, height: 100, fit: 'crop' }, [1000, 100]],
    [{ width: 100, height: 100, fit: 'pad' }, [100, 100]],
    [{ width: 100, height: 100, fit: 'squeeze' }, [100, 100]],
    [{ width: 100, height: 100, fit: 'outside' }, [200, 100]],
    [{}, [1000, 500]],
  ])('of %j is %j', (asked, [width, height]) => {
    expect(frame(asked).size).toEqual({ width, height });
  });

  it('is nothing new where nothing changes', () => {
    expect(frame({}).steps).toEqual([]);
    expect(frame({ width: 3000 }).steps).toEqual([]);
  });

  it('grows only so far, in the same proportions', () => {
    expect(frame({ width: 8000, height: 8000, fit: 'cover' }, { width: 100, height: 100 }).size).toEqual({
      width: 400,
      height: 400,
    });
    expect(frame({ width: 800, fit: 'contain' }, { width: 10, height: 5 }).size).toEqual({
      width: 40,
      height: 20,
    });
  });
});

describe('a focal point', () => {
  const around = (gravity: { x: number; y: number }) =>
    frame({ width: 100, height: 100, fit: 'cover', gravity }).steps;

  it('stays as near to the middle as the edges allow', () => {
    const resize = { step: 'resize', width: 200, height: 100, fit: 'fill', enlarge: true };
    expect(around({ x: 0.4, y: 0.9 })).toEqual([
      resize,
      { step: 'cut', box: { left: 30, top: 0, width: 100, height: 100 } },
    ]);
    expect(around({ x: 1, y: 0 })).toEqual([
      resize,
      { step: 'cut', box: { left: 100, top: 0, width: 100, height: 100 } },
    ]);
  });
});

describe('whatever is asked', () => {
  const side = fc.integer({ min: 1, max: 16_384 });
  const asked = fc.record(
    {
      width: side,
      height: side,
      fit: fc.constantFrom(...FITS),
      gravity: fc.record({
        x: fc.double({ min: 0, max: 1, noNaN: true }),
        y: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
    },
    { requiredKeys: [] },
  );
  const source = fc.record({ width: side, height: side });

  it('the result is within the limits, and never empty', () => {
    fc.assert(
      fc.property(source, asked, (before, given) => {
        const { size } = frame(given, before);
        expect(Math.min(size.width, size.height)).toBeGreaterThanOrEqual(1);
        expect(Math.max(size.width, size.height)).toBeLessThanOrEqual(limits.maxSide);
        expect(size.width * size.height).toBeLessThanOrEqual(limits.maxPixels * 1.01);
      }),
    );
  });

  it('scale-down and crop never enlarge', () => {
    fc.assert(
      fc.property(source, asked, fc.constantFrom('scale-down', 'crop'), (before, given, fit) => {
        const { size } = frame({ ...given, fit }, before);
        expect(size.width).toBeLessThanOrEqual(before.width);
        expect(size.height).toBeLessThanOrEqual(before.height);
      }),
    );
  });

  it('a cut lies within what was resized', () => {
    fc.assert(
      fc.property(source, asked, fc.constantFrom('cover', 'crop'), (before, given, fit) => {
        const { steps, size } = frame({ ...given, fit }, before);
        const cut = steps.find(step => step.step === 'cut');
        if (!cut) return;
        const resize = steps.find(step => step.step === 'resize');
        const whole = resize ? { width: resize.width ?? 0, height: resize.height ?? 0 } : before;
        expect(cut.box).toMatchObject(size);
        expect(cut.box.left + cut.box.width).toBeLessThanOrEqual(whole.width);
        expect(cut.box.top + cut.box.height).toBeLessThanOrEqual(whole.height);
      }),
    );
  });
});
