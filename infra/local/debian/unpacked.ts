/**
 * Finds the programs in an unpacked tree and says how to run them there.
 *
 * Shape   tree -> paths, library directories, environment variables for the contract suites
 * Errors  ToolFailure when a program is not where Debian puts it
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DebianPackage } from './apt.ts';
import { ToolFailure } from './command.ts';
import type { Program } from './recipe.ts';

export interface UnpackedProgram {
  readonly path: string;
  /** For LD_LIBRARY_PATH of this program alone. */
  readonly libDirs: readonly string[];
}

export interface DebianPrograms {
  readonly redisServer: UnpackedProgram;
  readonly postgres: { readonly root: string; readonly binDir: string; readonly libDirs: readonly string[] };
  readonly chromium: UnpackedProgram & { readonly fontconfigFile: string };
}

/** What a tree was unpacked from. */
export interface Stamp {
  readonly postgresMajor: number;
  readonly packages: readonly DebianPackage[];
}

const stampFileOf = (tree: string): string => join(tree, 'packages.json');

export function writeStamp(tree: string, stamp: Stamp): void {
  writeFileSync(stampFileOf(tree), `${JSON.stringify(stamp, null, 2)}\n`);
}

export function locatePrograms(tree: string): DebianPrograms {
  const { postgresMajor }: Stamp = JSON.parse(readFileSync(stampFileOf(tree), 'utf8'));
  const root = (program: Program): string => join(tree, program);
  const binDir = join(root('postgres'), 'usr/lib/postgresql', String(postgresMajor), 'bin');
  required(join(binDir, 'postgres'));
  return {
    redisServer: {
      path: required(join(root('redis'), 'usr/bin/redis-server')),
      libDirs: libDirsOf(root('redis')),
    },
    postgres: { root: root('postgres'), binDir, libDirs: libDirsOf(root('postgres')) },
    chromium: {
      path: required(join(root('chromium'), 'usr/lib/chromium/chromium')),
      libDirs: libDirsOf(root('chromium')),
      fontconfigFile: required(fontconfigFileOf(tree)),
    },
  };
}

export function environmentFor({ redisServer, postgres, chromium }: DebianPrograms): Record<string, string> {
  return {
    HEADRACE_TIER: 'real',
    REDIS_SERVER_BIN: redisServer.path,
    REDIS_SERVER_LIBS: redisServer.libDirs.join(':'),
    POSTGRES_ROOT: postgres.root,
    POSTGRES_BIN_DIR: postgres.binDir,
    POSTGRES_LIBS: postgres.libDirs.join(':'),
    CHROMIUM_BIN: chromium.path,
    CHROMIUM_LIBS: chromium.libDirs.join(':'),
    CHROMIUM_FONTCONFIG_FILE: chromium.fontconfigFile,
  };
}

export const fontconfigFileOf = (tree: string): string => join(tree, 'fonts.conf');

/** `/usr/lib/x86_64-linux-gnu`, before the merge of /usr also `/lib/…`; PulseAudio keeps a private one beside. */
function libDirsOf(root: string): readonly string[] {
  return ['usr/lib', 'lib']
    .map(parent => join(root, parent))
    .filter(existsSync)
    .flatMap(parent => readdirSync(parent).map(name => join(parent, name)))
    .filter(path => /-linux-gnu[^/]*$/.test(path))
    .flatMap(path => [path, join(path, 'pulseaudio')])
    .filter(existsSync);
}

function required(path: string): string {
  if (!existsSync(path)) throw new ToolFailure(`the packages of this distribution hold no ${path}`);
  return path;
}
