/**
 * The package.json of the published library: of the project's own, only what concerns who imports it.
 *
 * Shape   the project's manifest -> the package's; its entries are those that the project exports from dist/
 * Errors  an Error when a dependency that it names is not declared
 */

export interface ProjectManifest {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  readonly exports: Exports;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

type Exports = Readonly<Record<string, string | Conditions>>;
interface Conditions {
  readonly [condition: string]: string | Conditions;
}

/** Undici 8 asks for it. */
const ENGINES = { node: '>=22.19.0' };

export interface LeftOutside {
  readonly needed: readonly string[];
  /** Of one entry alone: who imports that entry installs them. */
  readonly optional: readonly string[];
}

export function manifestOfPackage(project: ProjectManifest, { needed, optional }: LeftOutside): object {
  const { name, version, description, license, exports } = project;
  const entries = Object.entries(exports).filter(([, target]) => JSON.stringify(target).includes('"./dist/'));
  return {
    name,
    version,
    description,
    license,
    type: 'module',
    sideEffects: false,
    engines: ENGINES,
    exports: JSON.parse(JSON.stringify(Object.fromEntries(entries)).replaceAll('"./dist/', '"./')),
    dependencies: versionsOf(needed, project),
    peerDependencies: versionsOf(optional, project),
    peerDependenciesMeta: Object.fromEntries(optional.map(dependency => [dependency, { optional: true }])),
  };
}

function versionsOf(names: readonly string[], project: ProjectManifest): Record<string, string> {
  return Object.fromEntries(names.map(name => [name, versionOf(name, project)]));
}

function versionOf(dependency: string, { dependencies, devDependencies }: ProjectManifest): string {
  const version = dependencies[dependency] ?? devDependencies[dependency];
  if (!version) throw new Error(`${dependency} is left outside the bundle and is no dependency`);
  // Ours is pinned; who imports the library may share a newer one.
  return /^\d/.test(version) ? `^${version}` : version;
}
