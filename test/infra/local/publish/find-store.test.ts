import { describe, expect, it } from 'vitest';
import { findStore } from '../../../../infra/local/publish/find-store.ts';

const stackFile = JSON.stringify({ aws: { endpoint: 'http://127.0.0.1:9' } });
const find = (order: object, environment = {}, file: string | undefined = undefined) => {
  const found = findStore({ order, environment, stackFile: file });
  return found.ok ? found.name : found.sentence;
};

describe('where to publish', () => {
  it('is what is named, else the stack that runs here', () => {
    expect(find({ bucket: 'b' }, { ASSETS_BUCKET: 'c' }, stackFile)).toBe('b');
    expect(find({}, { ASSETS_BUCKET: 'c' }, stackFile)).toBe('c');
    expect(find({}, {}, stackFile)).toBe('assets, of the stack that runs here');
    expect(find({ container: 'https://a.test/c' }, { AZURE_STORAGE_TOKEN: 't' })).toBe('https://a.test/c');
  });

  it('is asked for where nothing says', () => {
    for (const file of [undefined, 'damaged', '{}', '{"aws":{}}'])
      expect(find({}, {}, file)).toMatch(
        /Name the bucket with --bucket or ASSETS_BUCKET, or begin with npm start/,
      );
    expect(find({ container: 'https://a.test/c' })).toMatch(/Set AZURE_STORAGE_SAS_TOKEN/);
  });
});
