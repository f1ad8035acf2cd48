import { describe, expect, it } from 'vitest';
import { readImagesAccess } from '../../../functions/process-jobs/images-access.ts';

describe('readImagesAccess', () => {
  it('finds where images are, and what their URLs are signed with', () => {
    const environment = { IMAGE_SETTINGS: '{"path":"/edge/images"}', EDGE_IMAGE_SIGNING_KEYS: 'one, two,' };
    expect(readImagesAccess(environment)).toEqual({
      imagesPath: '/edge/images',
      signingKeys: ['one', 'two'],
    });
  });

  it('without any settings has the usual path, and signs nothing', () => {
    expect(readImagesAccess({})).toEqual({ imagesPath: '/images', signingKeys: [] });
  });

  it.each(['null', '"x"', '{'])('names the setting when it is %s', text => {
    expect(() => readImagesAccess({ IMAGE_SETTINGS: text })).toThrow('IMAGE_SETTINGS is not a JSON object');
  });
});
