import { describe, expect, it } from 'vitest';
import { createPurgeKnowledge } from '../../../shared/cache/purge-knowledge.ts';
import type { TokenPair } from '../../../shared/cache/tokens.ts';
import { shortHash } from '../../../shared/primitives/short-hash.ts';
import { createTestClock } from '../../fakes/clock.ts';

function start(tagsTtlMs = 1_000) {
  const clock = createTestClock();
  const knowledge = createPurgeKnowledge({ clock, tagsTtlMs });
  const learn = (tokens: Record<string, TokenPair> = {}, mark = 'm', at = clock()) =>
    knowledge.learn({ mark, tokens: new Map(Object.entries(tokens)), at });
  return { clock, knowledge, learn };
}

const OLD: TokenPair = ['', ''];
const NEW: TokenPair = ['x', ''];

describe('what is known of a tag', () => {
  it('holds for tickets made with it or after it, not for those before', () => {
    const { knowledge, learn } = start();
    const before = learn();
    const withIt = learn({ a: OLD });
    const after = learn();
    expect([before, withIt, after].map(ticket => knowledge.heldAt(ticket, 'a', OLD))).toEqual([
      false,
      true,
      true,
    ]);
    expect(knowledge.heldAt(after, 'a', NEW)).toBe(false);
    expect(knowledge.heldAt(after, 'b', OLD)).toBe(false);
  });

  it('counts in answers: one that came after the ticket proves nothing, though it shares its millisecond', () => {
    const { knowledge, learn } = start();
    const ticket = learn();
    // Asked for earlier than the ticket, answered after it, and after a purge in between.
    learn({ a: NEW }, 'm2', ticket.at - 5);
    expect(knowledge.heldAt(ticket, 'a', NEW)).toBe(false);
  });

  it('is older the more often it is confirmed, and new when it changes', () => {
    const { knowledge, learn } = start();
    const first = learn({ a: OLD });
    learn({ a: OLD });
    expect(knowledge.heldAt(first, 'a', OLD)).toBe(true);
    learn({ a: NEW });
    expect(knowledge.heldAt(first, 'a', NEW)).toBe(false);
    learn({ a: OLD });
    expect(knowledge.heldAt(first, 'a', OLD)).toBe(false);
    expect(knowledge.heldAt(learn(), 'a', ['', 'soft'])).toBe(false);
  });

  it('is bounded: the tags not heard of for longest leave first', () => {
    const { knowledge, learn } = start();
    learn({ rare: OLD, common: OLD });
    learn(Object.fromEntries(Array.from({ length: 9_998 }, (_, i) => [`t${i}`, OLD])));
    learn({ common: OLD });
    const ticket = learn({ 'one more': OLD });
    expect(['rare', 'common', 't0', 'one more'].map(tag => knowledge.heldAt(ticket, tag, OLD))).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });
});

describe('a ticket is current', () => {
  it('within the bound', () => {
    const { clock, knowledge, learn } = start();
    const ticket = learn();
    clock.advance(999);
    expect(knowledge.isCurrent(ticket)).toBe(true);
    clock.advance(1);
    expect(knowledge.isCurrent(ticket)).toBe(false);
  });

  it('past it, while the last answer is within it and names the same purge', () => {
    const { clock, knowledge, learn } = start();
    const ticket = learn();
    clock.advance(5_000);
    learn({}, 'm');
    expect(knowledge.isCurrent(ticket)).toBe(true);
    learn({}, 'm2');
    expect(knowledge.isCurrent(ticket)).toBe(false);
  });

  it('past purges of other tags, as long as the list goes back to it', () => {
    const { clock, knowledge, learn } = start();
    const [tags, others] = [
      ['a', 'b'],
      ['b', 'c'],
    ];
    const ticket = learn({}, 'm1');
    clock.advance(5_000);
    knowledge.learn({
      mark: 'm2',
      purges: `m2 ${shortHash('c')}\nm1 ${shortHash('a')}\n`,
      tokens: new Map(),
      at: clock(),
    });
    expect(knowledge.isCurrent(ticket)).toBe(false);
    expect(knowledge.isCurrent(ticket, others)).toBe(false);
    expect(knowledge.isCurrent(ticket, tags)).toBe(true);
    // A gap: what went before it proves nothing any more.
    knowledge.learn({
      mark: 'm9',
      purges: `m9 ${shortHash('c')}\nm8 ${shortHash('c')}\n`,
      tokens: new Map(),
      at: clock(),
    });
    expect(knowledge.isCurrent(ticket, tags)).toBe(false);
    const later = learn({}, 'm9');
    clock.advance(5_000);
    knowledge.learn({ mark: 'm10', purges: `m10 ${shortHash('b')}\nm9 x\n`, tokens: new Map(), at: clock() });
    expect(knowledge.isCurrent(later, ['a'])).toBe(true);
    expect(knowledge.isCurrent(later, tags)).toBe(false);
    clock.advance(1_000);
    expect(knowledge.isCurrent(learn({}, 'm4'), tags)).toBe(true);
  });

  it('never with a bound of nothing', () => {
    const { knowledge, learn } = start(0);
    expect(knowledge.isCurrent(learn())).toBe(false);
  });

  it('not when the clock went back before it', () => {
    const { clock, knowledge, learn } = start();
    const ticket = learn();
    clock.advance(-1);
    expect(knowledge.isCurrent(ticket)).toBe(false);
    learn();
    expect(knowledge.isCurrent(ticket)).toBe(true);
  });
});
