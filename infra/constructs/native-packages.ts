/**
 * Packages with programs or files of their own, which no bundle can hold: copied beside it as they are installed here, with
 * all they need. So nothing is fetched while the stack is drawn, and the function runs on the processor that this machine
 * has, or on Graviton where `npm run deploy` has fetched its programs before; packages of WebAssembly run on any.
 *
 * Shape   ('sharp', folder) -> files below folder/node_modules; where two processors' programs are installed, Graviton
 * Errors  Error when none of a package's programs is for Linux: what was installed on a Mac does not run in Lambda
 */

import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Architecture } from 'aws-cdk-lib/aws-lambda';

const OWN = fileURLToPath(new URL('../../node_modules', import.meta.url));
/** What another kind of machine needs, which npm installs here only when asked to. */
export const fetchedModules = fileURLToPath(
  new URL('../../.headrace/graviton/node_modules', import.meta.url),
);

export interface Places {
  /** The project's node_modules. */
  readonly own: string;
  /** Where programs for another kind of machine are. */
  readonly fetched: string;
}

const PLACES: Places = { own: OWN, fetched: fetchedModules };

/** As npm names what is for Linux with glibc, which is what Lambda runs on. */
const SUFFIXES = [
  ['-linux-arm64', Architecture.ARM_64],
  ['-linux-x64', Architecture.X86_64],
] as const;

export function architectureFor(packages: readonly string[], places = PLACES): Architecture {
  const bound = packages.filter(name => isBound(name, places));
  const fitting = SUFFIXES.find(([suffix]) =>
    bound.every(name => programsOf(name, suffix, places).length > 0),
  );
  return fitting?.[1] ?? Architecture.ARM_64;
}

export function copyPackages(packages: readonly string[], folder: string, places = PLACES): void {
  const architecture = architectureFor(packages, places);
  const suffix = SUFFIXES.find(([, of]) => of === architecture)?.[0] ?? '';
  for (const name of packages)
    if (isBound(name, places) && programsOf(name, suffix, places).length === 0)
      throw new Error(`${name} is installed here without its program for Linux: draw the stack on Linux`);
  for (const name of withNeeds(packages, suffix, places))
    cpSync(placeOf(name, places), join(folder, 'node_modules', name), {
      recursive: true,
      filter: isNeeded,
    });
}

/** Maps for a debugger are a quarter of some packages, and no function reads them. */
const isNeeded = (path: string): boolean => !path.endsWith('.map');

/** Whether it has programs, one for each kind of machine. */
function isBound(name: string, places: Places): boolean {
  return Object.keys(manifestOf(name, places).optionalDependencies ?? {}).length > 0;
}

/** Each once, and what each needs in turn. */
function withNeeds(packages: readonly string[], suffix: string, places: Places): ReadonlySet<string> {
  const found = new Set(packages);
  for (const name of found) {
    const { dependencies = {} } = manifestOf(name, places);
    const programs = programsOf(name, suffix, places);
    for (const needed of [...Object.keys(dependencies), ...programs]) found.add(needed);
  }
  return found;
}

function programsOf(name: string, suffix: string, places: Places): readonly string[] {
  const { optionalDependencies = {} } = manifestOf(name, places);
  return Object.entries(optionalDependencies).flatMap(([program, version]) => {
    const isHere = existsSync(join(places.own, program)) || isFetched(program, version, places);
    return program.endsWith(suffix) && isHere ? [program] : [];
  });
}

/** As npm takes them: the programs for one kind of machine that are not here, each in the version that belongs to it. */
export function missingFor(packages: readonly string[], suffix: string, places = PLACES): readonly string[] {
  return packages.flatMap(name => {
    const { optionalDependencies = {} } = manifestOf(name, places);
    const here = programsOf(name, suffix, places);
    const programs = Object.entries(optionalDependencies).filter(([program]) => program.endsWith(suffix));
    return programs.flatMap(([program, version]) =>
      here.includes(program) ? [] : [`${program}@${version}`],
    );
  });
}

/** Of another version it would not be the one that was tried here. */
function isFetched(program: string, version: string, { fetched }: Places): boolean {
  return existsSync(join(fetched, program)) && readManifest(join(fetched, program)).version === version;
}

function placeOf(name: string, { own, fetched }: Places): string {
  return join(existsSync(join(own, name)) ? own : fetched, name);
}

interface Manifest {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

function manifestOf(name: string, places: Places): Manifest {
  return readManifest(placeOf(name, places));
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
