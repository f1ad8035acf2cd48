/** Flow: a database full of oddities -> advice -> the migration on the real server -> nothing but the proposed indexes, and back. */

import { expect, it } from 'vitest';
import { type Opened, withHost } from '../../bench/advice/host.ts';
import type { BenchWorkload } from '../../bench/advice/workload.ts';
import { advised } from './advised.ts';
import { ODD_DATA, ODD_SCHEMA, SOUND, UNSOUND } from './odd-database.ts';
import { oddNames } from './odd-names.ts';
import { fingerprintOf, runMigration } from './run-migration.ts';

const names = oddNames(7, 4);

const odd: BenchWorkload = {
  name: 'oddities',
  async load({ client }) {
    for (const sql of [...ODD_SCHEMA, ...names.schema, ...ODD_DATA]) await client.query(sql);
  },
  statements: () => [...SOUND, ...names.statements, ...UNSOUND],
};

it('gets advice on what can be advised on, word of the rest, and a migration that does what it says and no more', async () => {
  await withHost(async host => {
    const opened = await host.open(odd, { scale: 1, seed: 1 });
    const { report, migration } = await advised(opened);

    // Two statements make a table, and three ask of it.
    expect(report.proposals.length).toBeGreaterThan(names.schema.length / 2);
    const skipped = report.skipped.reduce((sum, { count }) => sum + count, 0);
    expect(skipped).toBe(UNSOUND.length);
    expect(report.summary.understood).toBe(SOUND.length + names.statements.length);
    await changesOnlyIndexes(opened, { ...migration, proposals: report.proposals.length });
  });
});

interface Written {
  readonly up: string;
  readonly down: string;
  readonly proposals: number;
}

async function changesOnlyIndexes({ client }: Opened, { up, down, proposals }: Written): Promise<void> {
  const before = await fingerprintOf(client);
  await runMigration(client, up);
  const after = await fingerprintOf(client);
  expect(before.filter(what => !after.includes(what))).toEqual([]);
  const made = after.filter(what => !before.includes(what));
  expect(made.filter(what => !/^[iI] /.test(what))).toEqual([]);
  expect(made.length).toBeGreaterThanOrEqual(proposals);
  const { rows } = await client.query('SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid');
  expect(rows).toEqual([]);
  await runMigration(client, down);
  expect(await fingerprintOf(client)).toEqual(before);
}
