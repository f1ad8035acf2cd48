import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fetchDebianPrograms } from '../../../../infra/local/debian/debian.ts';

let root: string;
let cacheDir: string;
let dpkgStatus: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'headrace-test-'));
  cacheDir = join(root, 'cache');
  dpkgStatus = join(root, 'status');
  writeFileSync(dpkgStatus, 'Package: bash\nStatus: install ok installed\nEssential: yes\n');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true, force: true });
});

/** Puts programs of our own before those of the machine. */
function standIn(programs: Readonly<Record<string, string>>): void {
  const directory = join(root, 'bin');
  mkdirSync(directory);
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(directory, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  vi.stubEnv('PATH', `${directory}${delimiter}${process.env.PATH}`);
}

describe('where the programs cannot be had, the reason is a sentence', () => {
  it.each([
    ['no package manager', () => vi.stubEnv('PATH', join(root, 'empty')), /apt-get is not on this machine/],
    ['no list of packages', () => rmSync(dpkgStatus), /no Debian/],
    [
      'no network',
      () =>
        standIn({
          'apt-get': 'echo "W: Failed to fetch http://deb.example  no route" >&2; echo "W: Some failed" >&2',
          'apt-cache': 'true',
        }),
      /^Failed to fetch http:\/\/deb\.example no route$/,
    ],
    [
      'no such package',
      () =>
        standIn({
          'apt-get':
            'case "$*" in *install*) echo "E: Unable to locate package chromium" >&2; exit 100;; esac',
          'apt-cache': 'echo postgresql-15-hypopg',
        }),
      /^Unable to locate package chromium$/,
    ],
  ])('%s', async (_, arrange, reason) => {
    arrange();
    const outcome = await fetchDebianPrograms({ cacheDir, dpkgStatus });
    expect(outcome).toEqual({ available: false, reason: expect.stringMatching(reason) });
    expect(readdirSync(cacheDir)).toEqual([]);
  });

  it('nowhere to keep them', async () => {
    writeFileSync(cacheDir, '');
    const outcome = await fetchDebianPrograms({ cacheDir, dpkgStatus });
    expect(outcome).toEqual({
      available: false,
      reason: `${cacheDir} cannot be written, and HEADRACE_CACHE_DIR names no other place`,
    });
  });

  it('no end in sight', async () => {
    standIn({ 'apt-get': 'exec sleep 60' });
    const outcome = await fetchDebianPrograms({ cacheDir, dpkgStatus, timeoutMs: 100 });
    expect(outcome).toEqual({ available: false, reason: 'apt-get did not finish in time' });
  });
});

describe('where they can be had', () => {
  const PACKAGES = {
    'redis-server': ['usr/bin/redis-server'],
    'postgresql-15': ['usr/lib/postgresql/15/bin/postgres', 'usr/share/doc/postgresql-15/NEWS'],
    'postgresql-15-hypopg': ['usr/lib/postgresql/15/lib/hypopg.so'],
    chromium: [
      'usr/lib/chromium/chromium',
      'usr/lib/x86_64-linux-gnu/pulseaudio/libpulse.so',
      'etc/chromium/policy',
    ],
    'fonts-liberation': ['usr/share/fonts/liberation.ttf'],
    'fonts-dejavu-core': ['usr/share/fonts/dejavu.ttf'],
    passwd: ['usr/bin/passwd'],
  };

  /** An archive of these packages, every file in them set-uid, and apt and dpkg-deb just as far as they are asked. */
  function standInArchive(): void {
    for (const [name, files] of Object.entries(PACKAGES)) {
      for (const file of files.map(file => join(root, 'archive', name, file))) {
        mkdirSync(join(file, '..'), { recursive: true });
        writeFileSync(file, name);
        chmodSync(file, 0o4755);
      }
    }
    standIn({
      'apt-cache': 'echo postgresql-15-hypopg',
      'apt-get': `for word; do case "$*,$word" in
        *--simulate*,redis-server|*--simulate*,postgresql*|*--simulate*,chromium|*--simulate*,fonts*|*--simulate*,passwd)
          echo "Inst $word (1:2-3 Debian:12 [amd64])" ;;
        *download*,*=1:2-3) echo "Get:1 $word"; touch "\${word%%=*}_1%3a2-3_amd64.deb" ;;
      esac; done; case "$*" in *postgresql*) echo "Inst passwd [0] (1 Debian:12 [amd64])";; esac`,
      'dpkg-deb': `name=\${2##*/}; exec tar --create --directory "${root}/archive/\${name%%_*}" .`,
    });
  }

  it('unpacks each program whole, without what is never run and without set-uid bits', async () => {
    standInArchive();
    const outcome = await fetchDebianPrograms({ cacheDir, dpkgStatus });
    if (!outcome.available) throw new Error(outcome.reason);
    const { redisServer, postgres, chromium } = outcome.programs;
    expect(statSync(redisServer.path).mode & 0o7777).toBe(0o755);
    expect(readdirSync(postgres.binDir)).toEqual(['postgres']);
    expect(existsSync(join(postgres.root, 'usr/lib/postgresql/15/lib/hypopg.so'))).toBe(true);
    expect(existsSync(join(postgres.root, 'usr/share/doc'))).toBe(false);
    expect(existsSync(join(postgres.root, 'usr/bin/passwd'))).toBe(false);
    expect(chromium.libDirs.map(path => path.split('/chromium/')[1])).toEqual([
      'usr/lib/x86_64-linux-gnu',
      'usr/lib/x86_64-linux-gnu/pulseaudio',
    ]);
    expect(existsSync(chromium.fontconfigFile)).toBe(true);
  });

  it('asks nobody the second time', async () => {
    standInArchive();
    const first = await fetchDebianPrograms({ cacheDir, dpkgStatus });
    expect(first.available).toBe(true);
    vi.stubEnv('PATH', join(root, 'empty'));
    expect(await fetchDebianPrograms({ cacheDir, dpkgStatus })).toEqual(first);
    expect(readdirSync(cacheDir)).toHaveLength(1);
  });
});
