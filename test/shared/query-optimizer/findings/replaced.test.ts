import { describe, expect, it } from 'vitest';
import { findReplaced } from '../../../../shared/query-optimizer/findings/replaced.ts';
import { nameIndex } from '../../../../shared/query-optimizer/migration/name-index.ts';
import type { ExistingIndex } from '../../../../shared/query-optimizer/snapshot.ts';
import { onColumn } from '../planned.ts';
import { index, key } from '../snapshots.ts';

const proposal = { ...onColumn('a+b'), included: ['c'] };
const found = (existing: ExistingIndex) => findReplaced([existing], [proposal]).map(({ by }) => by.name);

describe('existing indexes that a proposal will do the work of', () => {
  it('are its first keys, with what they include', () => {
    expect(found(index('i', 't', 'a'))).toEqual([nameIndex(proposal)]);
    expect(found(index('i', 't', 'a', { included: ['c'] }))).toEqual([nameIndex(proposal)]);
  });

  it.each<[string, ExistingIndex]>([
    ['is unique', index('i', 't', 'a', { isUnique: true })],
    ['is of other keys', index('i', 't', 'b')],
    ['is longer', index('i', 't', 'a b c')],
    ['is of another table', index('i', 'u', 'a')],
    ['is partial', index('i', 't', 'a', { predicate: 'b IS NULL' })],
    ['has nulls elsewhere', index('i', 't', [key('a', { nullsFirst: true })])],
    ['may be of another collation', index('i', 't', 'a', { definition: '… USING btree (a COLLATE "C")' })],
    [
      'has storage parameters',
      index('i', 't', 'a', { definition: '… USING btree (a) WITH (fillfactor=70)' }),
    ],
    ['includes what the proposal lacks', index('i', 't', 'a', { included: ['d'] })],
  ])('are none that %s', (_, existing) => {
    expect(found(existing)).toEqual([]);
  });
});
