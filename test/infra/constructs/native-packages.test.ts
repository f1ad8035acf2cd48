import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Architecture } from 'aws-cdk-lib/aws-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  architectureFor,
  copyPackages,
  missingFor,
  type Places,
} from '../../../infra/constructs/native-packages.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'headrace-native-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Installs a package that comes with a program for each of these machines, and needs `plain`. */
function installed(...machines: readonly string[]): Places {
  const own = join(folder, 'installed');
  const install = (name: string, manifest: object) => {
    mkdirSync(join(own, name), { recursive: true });
    writeFileSync(join(own, name, 'package.json'), JSON.stringify({ name, ...manifest }));
  };
  const all = ['linux-arm64', 'linux-x64', 'linuxmusl-x64', 'darwin-arm64'];
  const programs = Object.fromEntries(all.map(machine => [`@own/vips-${machine}`, '1']));
  install('vips', { dependencies: { plain: '1' }, optionalDependencies: programs });
  install('plain', {});
  install('unneeded', {});
  for (const machine of machines) install(`@own/vips-${machine}`, {});
  return { own, fetched: join(folder, 'fetched') };
}

function copied(modules: Places): string[] {
  copyPackages(['vips'], join(folder, 'out'), modules);
  const names = readdirSync(join(folder, 'out/node_modules'), { recursive: true }).map(String);
  return names.filter(name => name.endsWith('package.json')).toSorted();
}

describe('packages beside a bundle', () => {
  it('come with what they need and the program of one machine', () => {
    const modules = installed('linux-x64', 'linuxmusl-x64', 'darwin-arm64');
    expect(architectureFor(['vips'], modules)).toBe(Architecture.X86_64);
    expect(copied(modules)).toEqual([
      '@own/vips-linux-x64/package.json',
      'plain/package.json',
      'vips/package.json',
    ]);
  });

  it('are for Graviton where its program is installed too', () => {
    const modules = installed('linux-x64', 'linux-arm64');
    expect(architectureFor(['vips'], modules)).toBe(Architecture.ARM_64);
    expect(copied(modules)).toContain('@own/vips-linux-arm64/package.json');
  });

  it('name what is missing for another machine, in the version that belongs to them', () => {
    expect(missingFor(['vips'], '-linux-arm64', installed('linux-x64'))).toEqual(['@own/vips-linux-arm64@1']);
    expect(missingFor(['vips'], '-linux-arm64', installed('linux-x64', 'linux-arm64'))).toEqual([]);
  });

  it('are for Graviton where its program was fetched, in the version that belongs to them', () => {
    const modules = installed('linux-x64');
    const fetch = (version: string) => {
      const program = join(modules.fetched, '@own/vips-linux-arm64');
      mkdirSync(program, { recursive: true });
      writeFileSync(join(program, 'package.json'), JSON.stringify({ version }));
    };
    fetch('0');
    expect(architectureFor(['vips'], modules)).toBe(Architecture.X86_64);
    fetch('1');
    expect(architectureFor(['vips'], modules)).toBe(Architecture.ARM_64);
    expect(copied(modules)).toContain('@own/vips-linux-arm64/package.json');
  });

  it('cannot be taken from a machine without one for Linux', () => {
    expect(() => copied(installed('darwin-arm64'))).toThrow(/^vips is installed here without.*Linux$/);
  });

  it('without programs run on any machine, and bring no maps for debuggers', () => {
    const modules = installed('linux-x64', 'linux-arm64');
    writeFileSync(join(modules.own, 'plain', 'plain.wasm.map'), '{}');
    expect(architectureFor(['plain'], modules)).toBe(Architecture.ARM_64);
    copyPackages(['plain'], join(folder, 'out'), modules);
    expect(readdirSync(join(folder, 'out/node_modules/plain'))).toEqual(['package.json']);
  });

  it('run from there: sharp makes a picture', () => {
    copyPackages(['sharp'], folder, {
      own: join(process.cwd(), 'node_modules'),
      fetched: join(folder, 'fetched'),
    });
    const make = `import sharp from 'sharp';
      const picture = sharp({ create: { width: 2, height: 2, channels: 3, background: 'red' } });
      console.log((await picture.webp().toBuffer()).length > 0, import.meta.resolve('sharp'));`;
    const file = join(folder, 'index.mjs');
    writeFileSync(file, make);
    const { stdout, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toContain(`true file://${folder}/node_modules/sharp/`);
  });
});
