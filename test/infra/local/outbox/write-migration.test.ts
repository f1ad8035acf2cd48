import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findDatabase } from '../../../../infra/local/outbox/find-database.ts';
import { writeMigration } from '../../../../infra/local/outbox/write-migration.ts';

let folder: string;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'headrace-migration-')), 'made');
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

const migration = { up: 'CREATE', down: 'DROP' };
const place = (force = false) => ({ folder, name: 'outbox-public-users', force });
const upFile = () => join(folder, 'outbox-public-users.up.sql');

describe('writeMigration', () => {
  it('makes the folder and both files, and again says the same', async () => {
    await writeMigration(migration, place());
    expect(await writeMigration(migration, place())).toMatchObject({ kind: 'written' });
    expect(await readFile(upFile(), 'utf8')).toBe('CREATE');
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('leaves what says something else, unless it is forced to', async () => {
    await writeMigration(migration, place());
    await writeFile(upFile(), 'by hand');
    expect(await writeMigration(migration, place())).toEqual({ kind: 'differs', path: upFile() });
    expect(await readFile(upFile(), 'utf8')).toBe('by hand');
    expect(await writeMigration(migration, place(true))).toMatchObject({ kind: 'written' });
    expect(await readFile(upFile(), 'utf8')).toBe('CREATE');
  });
});

describe('findDatabase', () => {
  const stackFile = '{"database": "postgres://stack"}';
  it.each([
    [{ DATABASE_URL: 'postgres://mine' }, stackFile, { ok: true, url: 'postgres://mine' }],
    [{}, stackFile, { ok: true, url: 'postgres://stack' }],
    [{}, undefined, { ok: false }],
    [{}, '{}', { ok: false }],
    [{}, 'half a fi', { ok: false }],
  ])('%j with %j', (environment, stack, found) =>
    expect(findDatabase({ environment, stackFile: stack })).toMatchObject(found),
  );
});
