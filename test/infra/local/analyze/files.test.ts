import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../../../infra/local/analyze/command.ts';
import { readSnapshot } from '../../../../infra/local/analyze/read-input.ts';
import { prepareFolder } from '../../../../infra/local/analyze/write-output.ts';
import { UsageError } from '../../../../infra/local/command-line.ts';
import { formatSnapshot } from '../../../../shared/query-optimizer/snapshot-file.ts';
import { snapshotOf } from '../../../shared/query-optimizer/snapshots.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headrace-analyze-'));
  await writeFile(join(folder, 'snapshot.json'), formatSnapshot(snapshotOf()));
});
afterAll(() => rm(folder, { recursive: true }));

async function read(workload: string, text?: string) {
  const path = join(folder, workload);
  if (text !== undefined) await writeFile(path, text);
  const command: Command = {
    source: { kind: 'file', path: join(folder, 'snapshot.json') },
    workload: path,
    planner: 'twin',
    saveSnapshot: undefined,
    out: folder,
    options: {},
  };
  return readSnapshot(command, { clock: () => 0, onProgress: () => {} });
}

describe('files of an analysis', () => {
  it('may begin with the mark that some editors write', async () => {
    const { workload } = await read('marked.jsonl', '\uFEFF{"id": 1, "sql": "SELECT 1"}\r\n');
    expect(workload).toMatchObject([{ id: '1', sql: 'SELECT 1', calls: 1 }]);
  });

  it('that are missing or are something else are wrong input, named with the line', async () => {
    await expect(read('missing.jsonl')).rejects.toThrow(/missing\.jsonl cannot be read \(ENOENT\)/);
    await expect(read('wrong.jsonl', '{"id": 1, "sql": "SELECT 1"}\nnot JSON')).rejects.toThrow(/Line 2/);
  });

  it('are written into a folder that is made, and known to be writable before anything is read', async () => {
    await prepareFolder(join(folder, 'made', 'here'));
    await writeFile(join(folder, 'a-file'), '');
    const refused = prepareFolder(join(folder, 'a-file', 'below'));
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(/--out: .* cannot be written \(EEXIST\)/);
  });
});
