/**
 * Gets real redis-server, PostgreSQL with HypoPG and Chromium out of Debian's packages, into a cache directory and nowhere
 * else: nothing is installed, nobody needs root.
 *
 * Shape   cache directory -> the programs | why they cannot be had here
 * Cost    the first time a download of about 220 MB; afterwards none, not even a look for newer ones
 * Errors  none that is expected: what apt cannot do is a reason
 */
import { accessSync, constants, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildTree } from './build-tree.ts';
import { ToolFailure } from './command.ts';
import { recipeId } from './recipe.ts';
import { type DebianPrograms, locatePrograms } from './unpacked.ts';

export interface DebianOptions {
  /** Kept between runs and shared by clones. */
  readonly cacheDir: string;
  /** dpkg's list of what this machine has. @default /var/lib/dpkg/status */
  readonly dpkgStatus?: string;
  /** For everything together. @default 360,000 */
  readonly timeoutMs?: number;
  /** Gets what is going on, a sentence at a time. @default nobody is told */
  readonly notice?: (sentence: string) => void;
}

export type DebianOutcome =
  | { readonly available: true; readonly programs: DebianPrograms }
  | { readonly available: false; readonly reason: string };

const DEFAULTS = {
  dpkgStatus: '/var/lib/dpkg/status',
  timeoutMs: 360_000,
  notice: () => {},
} satisfies Partial<DebianOptions>;

export async function fetchDebianPrograms(options: DebianOptions): Promise<DebianOutcome> {
  const { cacheDir, dpkgStatus, timeoutMs, notice } = { ...DEFAULTS, ...options };
  const tree = join(cacheDir, `${releaseName()}-${process.arch}-${recipeId()}`);
  try {
    makeCache(cacheDir);
    if (!existsSync(tree))
      await buildTree(tree, { dpkgStatus, signal: AbortSignal.timeout(timeoutMs), notice });
    return { available: true, programs: locatePrograms(tree) };
  } catch (error) {
    if (error instanceof ToolFailure) return { available: false, reason: error.message };
    throw error;
  }
}

/** A home that cannot be written is no defect of the project. */
function makeCache(cacheDir: string): void {
  try {
    mkdirSync(cacheDir, { recursive: true });
    accessSync(cacheDir, constants.W_OK);
  } catch (cause) {
    throw new ToolFailure(`${cacheDir} cannot be written, and HEADRACE_CACHE_DIR names no other place`, {
      cause,
    });
  }
}

/** `debian-12`: a tree of one release may need another libc than the next one has. */
function releaseName(): string {
  const file = '/etc/os-release';
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const value = (key: string): string => new RegExp(`^${key}="?([\\w.-]+)`, 'm').exec(text)?.[1] ?? 'unknown';
  return `${value('ID')}-${value('VERSION_ID')}`;
}
