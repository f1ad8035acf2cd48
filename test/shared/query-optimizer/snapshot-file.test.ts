import { describe, expect, it } from 'vitest';
import { formatSnapshot, parseSnapshot } from '../../../shared/query-optimizer/snapshot-file.ts';
import { aColumn, aRelation, aSnapshot, columnStatistics } from './twin/sources.ts';

const SNAPSHOT = aSnapshot({
  relations: [aRelation('parcel', { columns: [aColumn('id', 'integer')], rows: -1 })],
  statistics: [
    columnStatistics('parcel', 'id', { mostCommonValues: '{"a","b"}', mostCommonFrequencies: [0.5, 0.25] }),
  ],
});

const why = (text: string): string => {
  const read = parseSnapshot(text);
  return read.kind === 'invalid' ? read.why : '';
};

describe('a snapshot’s file', () => {
  it('comes back as it was', () => {
    const read = parseSnapshot(formatSnapshot(SNAPSHOT));
    expect(read).toEqual({ kind: 'snapshot', snapshot: JSON.parse(JSON.stringify(SNAPSHOT)) });
  });

  it('that is none says in a sentence what is wrong with it, and what to do', () => {
    expect(why('{"format":')).toBe(
      'This is no snapshot that can be read: it is not JSON. Take a new one with --save-snapshot.',
    );
    expect(why('null')).toContain('its format is not said');
    expect(why('{"format": 2}')).toContain('its format is 2, and only 1 is known');
    const { relations, ...rest } = SNAPSHOT;
    expect(why(JSON.stringify(rest))).toContain('at relations:');
    const wrong = [{ ...relations[0], pages: 'many' }];
    expect(why(JSON.stringify({ ...rest, relations: wrong }))).toContain('at relations.0.pages:');
  });
});
