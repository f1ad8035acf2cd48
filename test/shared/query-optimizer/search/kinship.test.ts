import { describe, expect, it } from 'vitest';
import { createReaches } from '../../../../shared/query-optimizer/search/kinship.ts';
import type { Relation } from '../../../../shared/query-optimizer/snapshot.ts';
import { relation } from '../snapshots.ts';

const table = (name: string) => ({ schema: 'public', name });
const part = (name: string, of: string): Relation =>
  relation(name, 'id', { parents: [table(of)], partition: { key: undefined, bound: 'DEFAULT' } });

const reaches = createReaches([
  relation('event', 'id', { kind: 'partitioned' }),
  part('event_2026', 'event'),
  part('event_2026_a', 'event_2026'),
  relation('person', 'id'),
  relation('author', 'id', { parents: [table('person')] }),
]);

describe('whom an index concerns', () => {
  it.each([
    ['its own table', 'person', 'person', true],
    ['a partition of its table', 'event', 'event_2026', true],
    ['a partition of a partition', 'event', 'event_2026_a', true],
    ['the whole that its table is a part of', 'event_2026_a', 'event', true],
    ['no other partition', 'event_2026_a', 'event_2025', false],
    ['what its table inherits from', 'author', 'person', true],
    ['not what inherits from its table, since indexes are not inherited', 'person', 'author', false],
    ['no stranger', 'person', 'event', false],
  ])('%s', (_whom, own, read, isReached) => {
    expect(reaches(table(own), table(read))).toBe(isReached);
  });

  it('ends where relations go round in a circle, as a damaged snapshot may say', () => {
    const round = createReaches([part('a', 'b'), part('b', 'a')]);
    expect(round(table('a'), table('b'))).toBe(true);
  });
});
