/** `npm run analyze` as a person runs it: what it says, writes and ends with. */

import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { formatSnapshot } from '../../../../shared/query-optimizer/snapshot-file.ts';
import {
  aColumn,
  aRelation,
  aSnapshot,
  columnStatistics,
} from '../../../shared/query-optimizer/twin/sources.ts';

const MAIN = join(import.meta.dirname, '../../../../infra/local/analyze/main.ts');
const SNAPSHOT = aSnapshot({
  relations: [
    aRelation('orders', {
      rows: 1_000_000,
      pages: 12_000,
      columns: [aColumn('id', 'bigint'), aColumn('customer_id', 'bigint'), aColumn('note', 'text')],
    }),
  ],
  statistics: [
    columnStatistics('orders', 'customer_id', {
      averageWidth: 8,
      distinct: 50_000,
      histogramBounds: '{1,25000,50000}',
    }),
    columnStatistics('orders', 'note', { averageWidth: 40, distinct: -1 }),
  ],
});
const GAP = { part: 'constraints', why: 'they may not be read', remedy: 'GRANT something.' };

let folder: string;
const file = (name: string): string => join(folder, name);

interface Ended {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

function run(...args: readonly string[]): Promise<Ended> {
  return new Promise(resolve => {
    execFile(process.execPath, [MAIN, ...args], (error, output, errors) =>
      resolve({ code: error ? Number(error.code) : 0, output, errors }),
    );
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headrace-analyze-'));
  await writeFile(file('whole.json'), formatSnapshot(SNAPSHOT));
  await writeFile(file('gap.json'), formatSnapshot({ ...SNAPSHOT, gaps: [GAP] }));
  const sql = 'SELECT note FROM orders WHERE customer_id = 7';
  await writeFile(file('workload.jsonl'), `${JSON.stringify({ id: 'by-customer', sql, calls: 100 })}\n`);
});
afterAll(() => rm(folder, { recursive: true }));

describe('npm run analyze', () => {
  it('ends with 0 when all is done and with 3 when a part is, which it says; the files are the same', async () => {
    const asked = (snapshot: string, out: string) =>
      run(
        '--snapshot',
        file(snapshot),
        '--workload',
        file('workload.jsonl'),
        '--budget',
        '10%',
        '--out',
        file(out),
      );
    const [whole, partial] = await Promise.all([asked('whole.json', 'whole'), asked('gap.json', 'partial')]);
    expect(whole).toMatchObject({
      code: 0,
      output: expect.stringMatching(/^1 index proposed: .*report\.md\.\n$/),
    });
    expect(partial.code).toBe(3);
    expect(partial.output).toContain(`Not done in full: ${GAP.part}: ${GAP.why} ${GAP.remedy}`);
    for (const out of ['whole', 'partial']) {
      const files = ['migration.down.sql', 'migration.up.sql', 'report.json', 'report.md'];
      expect((await readdir(file(out))).toSorted()).toEqual(files);
      expect(await readFile(join(file(out), 'migration.up.sql'), 'utf8')).toContain('ON "public"."orders"');
    }
  });

  it.each([
    ['no source', [], '--database-url'],
    ['a budget that is none', ['--snapshot', 'whole.json', '--budget', 'much'], '--budget'],
    ['a file that is not there', ['--snapshot', 'missing.json'], 'missing.json'],
    ['a file that is no snapshot', ['--snapshot', 'workload.jsonl'], 'no snapshot'],
  ])('ends with 2 for %s, and names it', async (_what, args, named) => {
    const inFolder = args.map(arg => (/\.jsonl?$/.test(arg) ? file(arg) : arg));
    const { code, errors } = await run(...inFolder, '--out', file('none'));
    expect(code).toBe(2);
    expect(errors).toContain(named);
  });

  it('ends with 1 where the database cannot be reached, and tells no password', async () => {
    // Nobody listens on port 1.
    const { code, errors } = await run(
      '--database-url',
      'postgres://user:sesame@127.0.0.1:1/shop',
      '--out',
      file('none'),
    );
    expect(code).toBe(1);
    expect(errors).not.toContain('sesame');
    expect(errors.trim().split('\n').at(-1)).toMatch(/127\.0\.0\.1/);
  });
});
