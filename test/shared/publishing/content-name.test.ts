import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentName, isContentName } from '../../../shared/publishing/content-name.ts';

const HASH = '3f2a9c1d0b7e4a65f00dfeed3f2a9c1d0b7e4a65f00dfeed3f2a9c1d0b7e4a65';

describe('a name with a hash', () => {
  it.each([
    ['app.js', 'app.3f2a9c1d0b7e4a65.js'],
    ['css/site.min.css', 'css/site.3f2a9c1d0b7e4a65.min.css'],
    ['a.b/c', 'a.b/c.3f2a9c1d0b7e4a65'],
  ])('is made of %s', (key, named) => expect(contentName(key, HASH)).toBe(named));

  it.each(['app.3f2a9c1d.js', 'chunk-B7aX9kQz.css', 'js/3f2a9c1d0b7e4a65.js.map'])(
    'is left as it is: %s',
    key => expect(contentName(key, HASH)).toBe(key),
  );

  it('is known again, whatever the content', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const named = contentName('img/a.png', createHash('sha256').update(text).digest('hex'));
        expect(isContentName(named)).toBe(true);
      }),
    );
  });

  it('is cut where it reads neither as a date nor as a word', () => {
    expect(contentName('a.js', `${'1'.repeat(20)}f${'0'.repeat(43)}`)).toBe(`a.${'1'.repeat(20)}f.js`);
    expect(contentName('a.js', `${'a'.repeat(17)}1${'0'.repeat(46)}`)).toBe(`a.${'a'.repeat(17)}1.js`);
  });
});
