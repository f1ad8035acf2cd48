import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Account, chooseAccount, isUsable } from '../../../../infra/local/postgres/account.ts';
import { findHome, openHome } from '../../../../infra/local/postgres/home.ts';

/** Stands for the account that root would lend: giving a file to oneself is allowed to everybody. */
const someAccount: Account = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'headrace-test-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('account', () => {
  it('is lent by root only', () => {
    expect(chooseAccount(0)).toEqual({ uid: 65_534, gid: 65_534 });
    expect(chooseAccount(1000)).toBeNull();
  });

  it('cannot walk below a closed directory, which its owner can', () => {
    const closed = join(root, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    expect(isUsable(someAccount, join(closed, 'data'))).toBe(false);
    expect(isUsable(null, join(closed, 'data'))).toBe(true);
  });
});

describe('a path', () => {
  it.each(['/a b/data', "/it's/é&%#?*/data"])('may be %s', path => {
    expect(isUsable(null, path)).toBe(true);
  });

  it.each(['/a$b/data', '/a"b/data', '/a`b/data', '/a\\b/data', '/a:b/data', '/a;b/data'])(
    'may not be %s, which a shell or the loader would read differently',
    path => expect(isUsable(null, path)).toBe(false),
  );
});

describe('home', () => {
  it('is the state directory where the account can walk there', () => {
    chmodSync(root, 0o755);
    const stateDir = join(root, 'state');
    expect(openHome(stateDir, someAccount).path).toBe(stateDir);
    expect(findHome(stateDir)?.path).toBe(stateDir);
  });

  it('moves to a private directory else, and is found again', () => {
    const stateDir = join(root, 'state');
    const home = openHome(stateDir, someAccount);
    expect(home.path).not.toContain(root);
    expect(statSync(home.path).mode & 0o777).toBe(0o700);
    expect(openHome(stateDir, someAccount).path).toBe(home.path);
    expect(findHome(stateDir)?.path).toBe(home.path);
    rmSync(home.path, { recursive: true });
  });

  it('is made anew when the remembered one was cleaned away', () => {
    const stateDir = join(root, 'state');
    const first = openHome(stateDir, someAccount).path;
    rmSync(first, { recursive: true });
    const second = openHome(stateDir, someAccount).path;
    expect(existsSync(second)).toBe(true);
    expect(second).not.toBe(first);
    rmSync(second, { recursive: true });
  });

  it('is nowhere before the first start', () => {
    expect(findHome(join(root, 'never'))).toBeNull();
  });
});
