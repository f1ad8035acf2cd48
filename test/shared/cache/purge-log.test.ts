import { describe, expect, it } from 'vitest';
import { createPurgeLog } from '../../../shared/cache/purge-log.ts';
import { createTagPattern } from '../../../shared/cache/tag-pattern.ts';

describe('the purge log', () => {
  it('knows which tags were purged since a position', () => {
    const log = createPurgeLog();
    const start = log.position();
    log.record(['a', 'b']);
    const between = log.position();
    log.record(['c']);
    expect(log.purgedSince(start, ['x', 'b'])).toBe(true);
    expect(log.purgedSince(between, ['a', 'b'])).toBe(false);
    expect(log.purgedSince(between, ['c'])).toBe(true);
    expect(log.purgedSince(log.position(), ['a', 'b', 'c'])).toBe(false);
  });

  it('counts the last purge of a tag', () => {
    const log = createPurgeLog();
    log.record(['a']);
    const between = log.position();
    log.record(['a']);
    expect(log.purgedSince(between, ['a'])).toBe(true);
  });

  it('takes a value without tags for purged by nothing', () => {
    const log = createPurgeLog();
    const start = log.position();
    log.record(['a']);
    expect(log.purgedSince(start, [])).toBe(false);
  });

  it('refuses what began before the purges it has forgotten, whatever its tags', () => {
    const log = createPurgeLog();
    const start = log.position();
    log.record(['first']);
    const second = log.position();
    log.record(Array.from({ length: 10_000 }, (_, i) => `t${i}`));
    expect(log.purgedSince(start, ['x'])).toBe(true);
    expect(log.purgedSince(second, ['x'])).toBe(false);
    expect(log.purgedSince(second, ['t0'])).toBe(true);
    log.record(['one more']);
    expect(log.purgedSince(second, ['x'])).toBe(true);
  });

  it('knows the tags that match a pattern, those too that nobody has met yet', () => {
    const log = createPurgeLog();
    const before = log.position();
    log.recordLike(createTagPattern('a*'));
    expect([log.purgedSince(before, ['x', 'ab']), log.purgedSince(before, ['x'])]).toEqual([true, false]);
    expect(log.purgedSince(log.position(), ['ab'])).toBe(false);
  });

  it('refuses what began before the patterns it has forgotten', () => {
    const log = createPurgeLog();
    const start = log.position();
    log.recordLike(createTagPattern('first*'));
    const second = log.position();
    for (let i = 0; i < 100; i++) log.recordLike(createTagPattern(`${i}*`));
    expect([log.purgedSince(start, ['x']), log.purgedSince(second, ['x'])]).toEqual([true, false]);
    expect(log.purgedSince(second, ['0'])).toBe(true);
  });
});
