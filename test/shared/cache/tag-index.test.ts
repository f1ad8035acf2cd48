import { describe, expect, it } from 'vitest';
import { createTagIndex } from '../../../shared/cache/tag-index.ts';

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
});
