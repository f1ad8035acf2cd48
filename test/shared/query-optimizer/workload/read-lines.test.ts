import { describe, expect, it } from 'vitest';
import { readWorkloadLines } from '../../../../shared/query-optimizer/workload/read-lines.ts';

describe('a workload as a file', () => {
  it('has one statement a line, with calls and kind where they are said', () => {
    const text =
      '{"id": 1, "sql": "SELECT $1", "calls": 4}\r\n\n{"id": "b", "sql": "SELECT \'$1\'", "normalized": false}\n';
    expect(readWorkloadLines(text)).toEqual({
      kind: 'read',
      statements: [
        { id: '1', sql: 'SELECT $1', calls: 4, totalMs: undefined, rows: undefined, normalized: true },
        { id: 'b', sql: "SELECT '$1'", calls: 1, totalMs: undefined, rows: undefined, normalized: false },
      ],
    });
  });

  it.each([
    ['', 'The workload has no statement'],
    ['{"id": "a", "sql": "SELECT 1"}\nnonsense', 'Line 2 of the workload is wrong: it is not a JSON object'],
    ['{"id": "a"}', 'Line 1 of the workload is wrong: sql'],
    ['{"id": "a", "sql": "SELECT 1", "calls": -1}', 'Line 1 of the workload is wrong: calls'],
    ['[1]', 'Line 1 of the workload is wrong'],
  ])('says which line is wrong: %s', (text, sentence) => {
    const read = readWorkloadLines(text);
    expect(read.kind === 'wrong' && read.sentence).toContain(sentence);
  });
});
