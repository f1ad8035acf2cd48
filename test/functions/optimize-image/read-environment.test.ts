import { expect, it } from 'vitest';
import { readEnvironment } from '../../../functions/optimize-image/read-environment.ts';

const BUCKETS = { IMAGES_BUCKET: 'images', VARIANTS_BUCKET: 'variants' };
const KEY = 'k'.repeat(32);

it('takes two buckets, or a folder', () => {
  expect(readEnvironment(BUCKETS).place).toEqual({
    kind: 'buckets',
    sources: 'images',
    variants: 'variants',
  });
  expect(readEnvironment({ IMAGES_FOLDER: '/photos' }).place).toEqual({ kind: 'folder', folder: '/photos' });
});

it('takes what the settings say, and the defaults for the rest', () => {
  const { settings } = readEnvironment({
    ...BUCKETS,
    IMAGE_SETTINGS: '{"ladder":[640,320],"limits":{"maxFrames":5}}',
  });
  expect(settings).toMatchObject({
    ladder: [320, 640],
    quality: 75,
    limits: { maxFrames: 5, maxSide: 8192 },
  });
  expect(readEnvironment({ ...BUCKETS, IMAGE_SETTINGS: '{"ladder":null}' }).settings.ladder).toBeNull();
});

it('takes several keys', () => {
  expect(readEnvironment({ ...BUCKETS, IMAGE_SIGNING_KEYS: `${KEY}, ${KEY}2` }).signingKeys).toEqual([
    KEY,
    `${KEY}2`,
  ]);
});

it.each([
  [{ IMAGES_BUCKET: 'images' }, 'VARIANTS_BUCKET is not set'],
  [{ ...BUCKETS, IMAGE_SETTINGS: '[' }, 'IMAGE_SETTINGS is not a JSON object'],
  [{ ...BUCKETS, IMAGE_SIGNING_KEYS: 'short' }, 'IMAGE_SIGNING_KEYS has a key of fewer than 32 characters'],
])('refuses %j', (variables, sentence) => {
  expect(() => readEnvironment(variables)).toThrow(sentence);
});
