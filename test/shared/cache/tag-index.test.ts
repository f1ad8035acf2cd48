import { describe, expect, it } from 'vitest';
import { createTagIndex } from '../../../shared/cache/tag-index.ts';
import { createTagPattern } from '../../../shared/cache/tag-pattern.ts';

describe('the tag index', () => {
  it('names each key that carries one of the tags, once', () => {
    const index = createTagIndex();
    index.add('k1', ['a', 'b']);
    index.add('k2', ['b', 'b']);
    index.add('k3', ['c']);
    expect([...index.keysOf(['a', 'b', 'nobody'])]).toEqual(['k1', 'k2']);
    expect([...index.keysOf([])]).toEqual([]);
  });

  it('forgets what was removed, and only that', () => {
    const index = createTagIndex();
    index.add('k1', ['a', 'b']);
    index.add('k2', ['a']);
    index.remove('k1', ['a', 'b']);
    index.remove('k9', ['a', 'z']);
    expect([...index.keysOf(['a', 'b'])]).toEqual(['k2']);
  });

  it('lets keys be removed while they are walked', () => {
    const index = createTagIndex();
    for (const key of ['k1', 'k2', 'k3']) index.add(key, ['a']);
    for (const key of index.keysOf(['a'])) index.remove(key, ['a']);
    expect(index.keysOf(['a']).size).toBe(0);
  });

  it('takes any text for a tag or a key', () => {
    const index = createTagIndex();
    index.add('__proto__', ['constructor', '']);
    expect([...index.keysOf(['constructor'])]).toEqual(['__proto__']);
    expect([...index.keysOf(['toString'])]).toEqual([]);
  });

  it('finds the tags that match, as long as something carries them', () => {
    const index = createTagIndex();
    index.add('1', ['a1', 'b1']);
    index.add('2', ['a1', 'a2']);
    const like = () => index.tagsLike(createTagPattern('a*')).toSorted();
    expect(like()).toEqual(['a1', 'a2']);
    expect([index.countOf('a1'), index.countOf('b1'), index.countOf('c1')]).toEqual([2, 1, 0]);
    index.remove('2', ['a1', 'a2']);
    expect(like()).toEqual(['a1']);
  });
});
