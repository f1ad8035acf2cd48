import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exists, type Module, parseModule, readModules } from './modules.ts';
import { TESTED_ELSEWHERE } from './untested.ts';

const sources = readModules(['edge', 'functions', 'infra', 'shared']);
const tests = readModules(['test']);
const all = [...sources, ...tests];

const MOST_LINES = 200;
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+)+$/;
const KEBAB_FOLDER = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** Names that say where a thing was put instead of what it is. */
const EMPTY_NAMES = /^(utils?|helpers?|managers?|common|misc|lib)$/;
/** Written in two parts, so that this file passes its own rule. */
const POSTPONED = new RegExp(
  `\\b(${['TO', 'FIX'].map((start, at) => start + ['DO', 'ME'][at]).join('|')})\\b`,
);

/** Cloudflare calls the default export of the Worker's entry; workerd does the same with the Worker of a test. */
const DEFAULT_EXPORTS = ['edge/index.ts'];

/** Where the environment is read: once, at the door. */
const READS_ENVIRONMENT = /^(infra\/app\.ts|infra\/local\/.+|functions\/([^/]+\/handler|cache)\.ts)$/;

/** Listens for the end of its process, and reads nothing of it. */
const ENDS_WITH_ITS_PROCESS = 'functions/adapters/planners/twin/passing-directory.ts';

/** What only Node has; `node:` itself is refused by the import table. */
const NODE_ONLY = ['process', 'Buffer', 'require', '__dirname', '__filename', 'setImmediate'];

describe('every module', () => {
  it('is named in kebab-case, by what it is', () => {
    const names = all.map(({ path }) => path).filter(path => !isWellNamed(path));
    expect(names).toEqual([]);
  });

  it('postpones nothing', () => {
    expect(pathsOf(all.filter(({ text }) => POSTPONED.test(text)))).toEqual([]);
  });
});

describe('every source module', () => {
  it('opens with a doc block', () => {
    const silent = sources.filter(({ text }) => !/^(#!.*\n+)?\/\*\*\s/.test(text));
    expect(pathsOf(silent)).toEqual([]);
  });

  it(`has at most ${MOST_LINES} lines`, () => {
    const long = sources.filter(({ text }) => text.trimEnd().split('\n').length > MOST_LINES);
    expect(pathsOf(long)).toEqual([]);
  });

  it('exports by name', () => {
    const byDefault = sources.filter(({ hasDefaultExport }) => hasDefaultExport);
    expect(pathsOf(byDefault).filter(path => !DEFAULT_EXPORTS.includes(path))).toEqual([]);
  });

  it('leaves the environment to the composition roots', () => {
    const readers = sources.filter(
      ({ identifiers, path }) =>
        identifiers.has('process') && !READS_ENVIRONMENT.test(path) && path !== ENDS_WITH_ITS_PROCESS,
    );
    expect(pathsOf(readers)).toEqual([]);
  });

  it('of shared uses nothing that only Node has', () => {
    const bound = sources.filter(({ path, identifiers }) => {
      return path.startsWith('shared/') && NODE_ONLY.some(name => identifiers.has(name));
    });
    expect(pathsOf(bound)).toEqual([]);
  });
});

describe('every module outside infra/local', () => {
  const tested = sources.filter(({ path, onlyTypes }) => !path.startsWith('infra/local/') && !onlyTypes);
  const listed = TESTED_ELSEWHERE.map(({ path }) => path);

  it('has a test at its own path, or is listed with the test that runs it', () => {
    const untested = pathsOf(tested).filter(path => !exists(testOf(path)) && !listed.includes(path));
    expect(untested).toEqual([]);
  });

  it('is listed only while that is true, and once', () => {
    const stale = TESTED_ELSEWHERE.filter(
      ({ path, by }) => !exists(path) || exists(testOf(path)) || !reaches(by, path),
    );
    expect(stale).toEqual([]);
    expect(listed.filter((path, at) => listed.indexOf(path) < at)).toEqual([]);
  });
});

describe('the rules', () => {
  it.each(['shared/http/Vary.ts', 'shared/http/cache_control.ts', 'edge/utils.ts', 'shared/common/vary.ts'])(
    'refuse the name %s',
    path => expect(isWellNamed(path)).toBe(false),
  );

  it('see a default export in every form', () => {
    const forms = [
      'export default {}',
      'const a = 1; export { a as default }',
      "export { default } from './a.ts'",
    ];
    expect(forms.map(text => parseModule('edge/a.ts', text).hasDefaultExport)).toEqual([true, true, true]);
  });

  it('tell what runs from what is only a type', () => {
    expect(
      parseModule('edge/a.ts', "import type { B } from './b.ts'; export interface A { b: B }").onlyTypes,
    ).toBe(true);
    expect(parseModule('edge/a.ts', 'export interface A {} export const a = 1').onlyTypes).toBe(false);
  });

  it('see the environment read, but not in a comment or a text', () => {
    const uses = (text: string) => parseModule('edge/a.ts', text).identifiers.has('process');
    expect(uses('export const a = globalThis.process.env.A')).toBe(true);
    expect(uses("// process\nexport const a = 'process.env'")).toBe(false);
  });
});

function pathsOf(modules: readonly Module[]): string[] {
  return modules.map(({ path }) => path);
}

/** A flow runs the whole system in its own processes; any other test imports what it tests, directly or through others. */
function reaches(test: string, path: string): boolean {
  if (test.startsWith('test/flows/')) return exists(test);
  const imports = new Map(all.map(module => [module.path, module.imports]));
  const reached = new Set([test]);
  for (const from of reached) {
    for (const to of imports.get(from) ?? []) if (to.kind === 'module') reached.add(to.path);
  }
  return reached.has(path);
}

function testOf(path: string): string {
  return `test/${path.replace(/\.m?ts$/, '')}.test.ts`;
}

function isWellNamed(path: string): boolean {
  const folders = path.split('/').slice(0, -1);
  const words = [...folders, basename(path).split('.')[0] ?? ''];
  return (
    KEBAB.test(basename(path)) &&
    folders.every(name => KEBAB_FOLDER.test(name)) &&
    !words.some(name => EMPTY_NAMES.test(name))
  );
}
