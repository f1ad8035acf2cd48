import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const MAIN = join(import.meta.dirname, '../../../../infra/local/outbox/main.ts');
const USERS = ['--table', 'users', '--tags', 'users,users:{id}'];

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'headrace-outbox-command-'));
});
afterEach(() => rm(folder, { recursive: true }));

function run(args: readonly string[], environment: Record<string, string> = {}) {
  const env = { HEADRACE_STATE_DIR: folder, ...environment };
  return new Promise<{ code: unknown; out: string; errors: string }>(resolve => {
    execFile(process.execPath, [MAIN, ...args], { cwd: folder, env }, (error, out, errors) =>
      resolve({ code: error?.code ?? 0, out, errors }),
    );
  });
}

describe('npm run outbox', () => {
  it('tells how it is used', async () => {
    const { code, out } = await run(['--help']);
    expect([code, out]).toEqual([0, expect.stringContaining('--tags <tags>')]);
  });

  it('writes both files where nothing else is said, and names them', async () => {
    const { code, out } = await run(USERS);
    expect([code, await readdir(join(folder, 'migrations'))]).toEqual([
      0,
      ['outbox-public-users.down.sql', 'outbox-public-users.up.sql'],
    ]);
    expect(out).toBe('migrations/outbox-public-users.up.sql\nmigrations/outbox-public-users.down.sql\n');
  });

  it('says in a sentence what is wrong, and what to do', async () => {
    expect(await run(['--table', 'users', '--tags', 'a b'])).toMatchObject({
      code: 2,
      errors: expect.stringContaining("An example: 'users,users:{id}'."),
    });
    expect(await run([...USERS, '--apply'])).toMatchObject({
      code: 2,
      errors: expect.stringContaining('Set DATABASE_URL'),
    });
  });

  it('fails where the database is out of reach, and says so', async () => {
    const nowhere = { DATABASE_URL: 'postgres://postgres@127.0.0.1:1/none' };
    expect(await run([...USERS, '--apply'], nowhere)).toMatchObject({
      code: 1,
      errors: expect.stringMatching(/^The database: .+\n$/),
    });
  });
});
