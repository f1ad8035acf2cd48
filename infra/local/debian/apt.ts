/**
 * Asks the machine's apt what there is and lets it download, in directories of our own: no root, no lock and no cache of
 * the system is touched, while its sources, keys and proxies hold.
 *
 * Errors  ToolFailure with the sentence that apt gave
 * Source  apt.conf(5), apt-get(8), apt-cache(8)
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { baseStatus } from './base-status.ts';
import { runTool, ToolFailure } from './command.ts';

export interface DebianPackage {
  readonly name: string;
  readonly version: string;
}

export interface Apt {
  /** Reads what the machine's sources offer. Returns the complaint about a source that did not answer, else null. */
  update(): Promise<string | null>;
  packageNames(prefix: string): Promise<readonly string[]>;
  /** The packages and all they depend on, beyond what every Debian has. */
  resolve(names: readonly string[]): Promise<readonly DebianPackage[]>;
  /** Checksums are verified by apt; `onPackage` hears of each file. */
  download(packages: readonly DebianPackage[], directory: string, onPackage: () => void): Promise<void>;
}

export interface AptOptions {
  /** Where apt keeps its lists and locks; made here. */
  readonly directory: string;
  /** dpkg's list of what this machine has. */
  readonly dpkgStatus: string;
  readonly signal: AbortSignal;
}

export function createApt({ directory, dpkgStatus, signal }: AptOptions): Apt {
  const configFile = prepareDirectory(directory, dpkgStatus);
  const run = (program: string, args: readonly string[], options = {}) =>
    runTool(program, ['-c', configFile, '-q', ...args], { signal, ...options });
  return {
    update: async () => (await run('apt-get', ['update'])).complaint,
    packageNames: async prefix => (await run('apt-cache', ['pkgnames', prefix])).output.split('\n'),
    resolve: async names =>
      parseSimulation((await run('apt-get', ['--simulate', 'install', ...names])).output),
    download: async (packages, cwd, onPackage) => {
      const onLine = (line: string) => line.startsWith('Get:') && onPackage();
      const wanted = packages.map(({ name, version }) => `${name}=${version}`);
      await run('apt-get', ['download', ...wanted], { cwd, onLine });
    },
  };
}

function prepareDirectory(directory: string, dpkgStatus: string): string {
  if (!existsSync(dpkgStatus)) throw new ToolFailure(`${dpkgStatus} is missing: this machine is no Debian`);
  for (const needed of ['lists/partial', 'cache/archives/partial', 'log']) {
    mkdirSync(join(directory, needed), { recursive: true });
  }
  writeFileSync(join(directory, 'status'), baseStatus(readFileSync(dpkgStatus, 'utf8')));
  const configFile = join(directory, 'apt.conf');
  writeFileSync(configFile, configFor(directory));
  return configFile;
}

/** Read after the system's files, so it has the last word. Hooks of the system would clean up in the system. */
const configFor = (directory: string): string => `
Dir::State "${directory}";
Dir::State::lists "${directory}/lists";
Dir::State::status "${directory}/status";
Dir::Cache "${directory}/cache";
Dir::Log "${directory}/log";
APT::Sandbox::User "";
APT::Install-Recommends "false";
APT::Install-Suggests "false";
Acquire::Languages "none";
Acquire::Retries "2";
Acquire::http::Timeout "20";
Acquire::https::Timeout "20";
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
`;

/** `Inst libssl3 [3.0.1] (3.0.22-1 Debian:12/stable [amd64]) []` -> name and version. */
export function parseSimulation(output: string): readonly DebianPackage[] {
  return [...output.matchAll(/^Inst (\S+) (?:\[[^\]]*\] )?\((\S+) /gm)].map(
    ([, name = '', version = '']) => ({
      name,
      version,
    }),
  );
}
