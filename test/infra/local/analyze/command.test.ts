import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../../../infra/local/analyze/command.ts';

const parse = (line: string, environment = {}) => parseCommand(line.split(' ').filter(Boolean), environment);
const url = 'postgres://u:secret@localhost/shop';

describe('npm run analyze', () => {
  it('takes a database or a snapshot, a workload, a budget, a planner and places to write to', () => {
    expect(
      parse(
        `--database-url ${url} --workload w.jsonl --budget 500MB --planner hypopg --save-snapshot s.json --time 2m --drops --out o`,
      ),
    ).toEqual({
      kind: 'command',
      command: {
        source: { kind: 'database', url },
        workload: 'w.jsonl',
        planner: 'hypopg',
        saveSnapshot: 's.json',
        out: 'o',
        options: { budget: { bytes: 524_288_000 }, timeMs: 120_000, withDrops: true },
      },
    });
    expect(parse('--snapshot s.json --out o')).toMatchObject({
      command: { source: { kind: 'file', path: 's.json' }, planner: 'twin', options: {} },
    });
    expect(parse('--out o', { DATABASE_URL: url })).toMatchObject({
      command: { source: { kind: 'database', url } },
    });
    expect(parse('--help')).toEqual({ kind: 'help' });
  });

  it.each([
    ['--out o', 'Name what to analyse'],
    ['--snapshot s.json', '--out is missing'],
    [`--snapshot s.json --database-url ${url} --out o`, 'exclude each other'],
    ['--database-url mysql://u:secret@h/d --out o', 'must look like'],
    ['--snapshot s.json --out o --budget lots', "such as 25% or 500MB, got 'lots'"],
    ['--snapshot s.json --out o --planner magic', "must be twin or hypopg, got 'magic'"],
    ['--snapshot s.json --out o --planner hypopg', 'it needs --database-url'],
    ['--snapshot s.json --out o --time soon', "got 'soon'"],
    ['--snapshot s.json --out o --fast', '--fast'],
    ['more --snapshot s.json --out o', 'more'],
  ])('says what is wrong with %s', (line, sentence) => {
    const parsed = parse(line);
    expect(parsed.kind === 'wrong' && parsed.sentence).toContain(sentence);
    expect(JSON.stringify(parsed)).not.toContain('secret');
  });
});
