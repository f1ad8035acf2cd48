import { describe, expect, it } from 'vitest';
import { parseAssetKey } from '../../../shared/publishing/asset-key.ts';
import { assetKeyOf, isTextName, pathOfKey } from '../../../shared/publishing/asset-path.ts';

describe('a key', () => {
  it.each(['a.txt', 'a/b c/Grün.png', '.well-known/security.txt', 'a..b', '東京'])('may be %s', key => {
    expect(parseAssetKey(key)).toEqual({ ok: true, key });
  });

  it('is composed', () => expect(parseAssetKey('u\u0308')).toEqual({ ok: true, key: 'ü' }));

  it.each([
    ['', 'is empty'],
    ['a'.repeat(1_001), 'is longer than 1000 bytes'],
    ['/a', 'has an empty folder name'],
    ['a/', 'has an empty folder name'],
    ['a//b', 'has an empty folder name'],
    ['../a', 'climbs out of its folder'],
    ['a/./b', 'climbs out of its folder'],
    ['a/../../b', 'climbs out of its folder'],
    ['.env', 'has a name that begins with a dot'],
    ['a/.git/config', 'has a name that begins with a dot'],
    ['.headrace/published.json', 'has a name that begins with a dot'],
    ['a\nb', 'has a control character or a backslash'],
    ['a\\b', 'has a control character or a backslash'],
    ['\ud800', 'is no text'],
  ])('is not %j', (text, why) => expect(parseAssetKey(text)).toEqual({ ok: false, why }));
});

describe('the path of a URL', () => {
  it.each([
    ['/', 'index.html'],
    ['/docs/', 'docs/index.html'],
    ['/a%20b+c.txt', 'a b+c.txt'],
    ['/Gr%C3%BCn.png', 'Grün.png'],
    ['/u%CC%88', 'ü'],
  ])('%s means %s', (path, key) => expect(assetKeyOf(path)).toBe(key));

  it.each(['//', '/a%2Fb', '/%FF', '/..%2Fx', '/.env', '/.headrace/published.json', '/a%00'])(
    '%s means nothing',
    path => expect(assetKeyOf(path)).toBeUndefined(),
  );

  it('leads back to its key, with nothing left that a store could read otherwise', () => {
    const key = "a b+c/Grün&=?#!'()*.txt";
    expect(pathOfKey(key)).toMatch(/^[\w.%/-]+$/);
    expect(assetKeyOf(`/${pathOfKey(key)}`)).toBe(key);
  });

  it('tells texts by their names', () => {
    expect(['a.js', 'a/b.HTML', 'a.svg', 'app.js.map'].every(isTextName)).toBe(true);
    expect(['a.png', 'a', 'js', 'a.js.br', 'a.woff2'].some(isTextName)).toBe(false);
  });
});
