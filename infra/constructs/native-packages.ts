/**
 * Packages with programs or files of their own, which no bundle can hold: copied beside it as they are installed here, with
 * all they need. So nothing is fetched while the stack is drawn, and the function runs on the processor that this machine
 * has; packages of WebAssembly run on any.
 *
 * Shape   ('sharp', folder) -> files below folder/node_modules; where two processors' programs are installed, Graviton
 * Errors  Error when none of a package's programs is for Linux: what was installed on a Mac does not run in Lambda
 */

import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Architecture } from 'aws-cdk-lib/aws-lambda';

const MODULES = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** As npm names what is for Linux with glibc, which is what Lambda runs on. */
const SUFFIXES = [
  ['-linux-arm64', Architecture.ARM_64],
  ['-linux-x64', Architecture.X86_64],
] as const;

export function architectureFor(packages: readonly string[], modules = MODULES): Architecture {
  const bound = packages.filter(name => isBound(name, modules));
  const fitting = SUFFIXES.find(([suffix]) =>
    bound.every(name => programsOf(name, suffix, modules).length > 0),
  );
  return fitting?.[1] ?? Architecture.ARM_64;
}

export function copyPackages(packages: readonly string[], folder: string, modules = MODULES): void {
  const architecture = architectureFor(packages, modules);
  const suffix = SUFFIXES.find(([, of]) => of === architecture)?.[0] ?? '';
  for (const name of packages)
    if (isBound(name, modules) && programsOf(name, suffix, modules).length === 0)
      throw new Error(`${name} is installed here without its program for Linux: draw the stack on Linux`);
  for (const name of withNeeds(packages, suffix, modules))
    cpSync(join(modules, name), join(folder, 'node_modules', name), { recursive: true, filter: isNeeded });
}

/** Maps for a debugger are a quarter of some packages, and no function reads them. */
const isNeeded = (path: string): boolean => !path.endsWith('.map');

/** Whether it has programs, one for each kind of machine. */
function isBound(name: string, modules: string): boolean {
  return Object.keys(manifestOf(name, modules).optionalDependencies ?? {}).length > 0;
}

/** Each once, and what each needs in turn. */
function withNeeds(packages: readonly string[], suffix: string, modules: string): ReadonlySet<string> {
  const found = new Set(packages);
  for (const name of found) {
    const { dependencies = {} } = manifestOf(name, modules);
    for (const needed of [...Object.keys(dependencies), ...programsOf(name, suffix, modules)])
      found.add(needed);
  }
  return found;
}

function programsOf(name: string, suffix: string, modules: string): readonly string[] {
  const { optionalDependencies = {} } = manifestOf(name, modules);
  return Object.keys(optionalDependencies).filter(
    program => program.endsWith(suffix) && existsSync(join(modules, program)),
  );
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function manifestOf(name: string, modules: string): Manifest {
  return JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'));
}
