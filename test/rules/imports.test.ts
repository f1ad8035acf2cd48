import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { IMPORT_TABLE, type Rule } from './import-table.ts';
import { exists, type Import, type Module, parseModule, ROOT, readModule, readModules } from './modules.ts';

const modules = [
  ...readModules(['edge', 'functions', 'infra', 'shared', 'test']),
  readModule('headrace.config.ts'),
];
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const atRunTime = new Set(Object.keys(manifest.dependencies));
const declared = new Set([...atRunTime, ...Object.keys(manifest.devDependencies)]);

describe('imports', () => {
  it('stay within the table', () => {
    expect(modules.flatMap(forbiddenImports)).toEqual([]);
  });

  it('name modules that exist, with their extension', () => {
    const targets = modules.flatMap(({ path, imports }) =>
      imports.flatMap(to => (to.kind === 'module' && !exists(to.path) ? [`${path} -> ${to.path}`] : [])),
    );
    expect(targets).toEqual([]);
  });

  it('form no cycle', () => {
    expect(findCycles(modules)).toEqual([]);
  });

  it('never lead from one function into another', () => {
    const functionOf = (path: string) => /^functions\/(?!adapters\/)([^/]+)\//.exec(path)?.[1];
    const crossing = modules.flatMap(({ path, imports }) => {
      const own = functionOf(path);
      const others = imports.flatMap(to => (to.kind === 'module' ? [functionOf(to.path)] : []));
      return own && others.some(other => other && other !== own) ? [path] : [];
    });
    expect(crossing).toEqual([]);
  });

  it('name packages that package.json declares, as dependencies where the code is deployed', () => {
    expect(modules.flatMap(undeclaredPackages)).toEqual([]);
  });
});

describe('the table', () => {
  it('speaks of folders that exist and gives every domain of shared a rule', () => {
    expect(Object.keys(IMPORT_TABLE).filter(prefix => !exists(prefix))).toEqual([]);
    const inShared = modules
      .filter(({ path }) => path.startsWith('shared/'))
      .map(({ path }) => prefixOf(path));
    expect(inShared.filter(prefix => prefix === undefined)).toEqual([]);
  });

  it.each([
    ['shared/http/vary.ts', "import '../cache/entry.ts'"],
    ['shared/http/vary.ts', "import type { Entry } from '../cache/entry.ts'"],
    ['shared/http/vary.ts', "export * from '../../edge/env.ts'"],
    ['shared/cache/entry.ts', "import '../http/vary.ts'"],
    ['shared/primitives/hash.ts', "import 'node:crypto'"],
    ['shared/primitives/hash.ts', "import 'zod'"],
    ['edge/app.ts', "import '../functions/warm-cache/handler.ts'"],
    ['edge/app.ts', "await import('node:fs')"],
    ['edge/app.ts', "import '../infra/topology.ts'"],
    ['functions/warm-cache/handler.ts', "import 'hono/logger'"],
    ['functions/warm-cache/handler.ts', "type Env = import('../../edge/env.ts').Env"],
    ['infra/app.ts', "import '../shared/cache/entry.ts'"],
    ['infra/app.ts', "import './local/launch.ts'"],
    ['infra/local/launch.ts', "import '../../edge/index.ts'"],
  ])('refuses in %s: %s', (path, text) => {
    expect(forbiddenImports(parseModule(path, text))).toHaveLength(1);
  });

  it.each([
    ['shared/http/vary.ts', "import '../primitives/hash.ts'"],
    ['edge/app.ts', "import 'hono/logger'"],
    ['edge/index.ts', "import './adapters/codecs.ts'"],
    ['edge/adapters/codecs.ts', "import 'node:zlib'"],
    ['functions/warm-cache/handler.ts', "import '@aws-sdk/client-s3'"],
    ['infra/local/launch.ts', "import '../topology.ts'"],
  ])('allows in %s: %s', (path, text) => {
    expect(forbiddenImports(parseModule(path, text))).toEqual([]);
  });

  it('finds a cycle of types as well as of values', () => {
    const cycle = [
      parseModule('shared/http/a.ts', "import type { B } from './b.ts'"),
      parseModule('shared/http/b.ts', "export { c } from './c.ts'"),
      parseModule('shared/http/c.ts', "import './a.ts'"),
    ];
    expect(findCycles(cycle)).toEqual([
      'shared/http/a.ts -> shared/http/b.ts -> shared/http/c.ts -> shared/http/a.ts',
    ]);
  });
});

function prefixOf(path: string): string | undefined {
  const prefixes = Object.keys(IMPORT_TABLE).filter(prefix => isWithin(path, prefix));
  return prefixes.toSorted((a, b) => b.length - a.length)[0];
}

function isWithin(path: string, prefix: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`);
}

function forbiddenImports({ path, imports }: Module): string[] {
  const own = prefixOf(path);
  const rule = IMPORT_TABLE[own ?? ''] ?? { modules: [], packages: [] };
  const refused = imports.filter(to => !isAllowed(to, own, rule));
  return refused.map(to => `${path} -> ${to.kind === 'module' ? to.path : to.name}`);
}

function isAllowed(to: Import, own: string | undefined, { modules, packages }: Rule): boolean {
  if (to.kind === 'package') return packages.some(allowed => matches(to.name, allowed));
  return prefixOf(to.path) === own || modules.some(prefix => isWithin(to.path, prefix));
}

function matches(name: string, allowed: string): boolean {
  if (allowed === '*') return !name.startsWith('node:');
  return allowed.endsWith('*') ? name.startsWith(allowed.slice(0, -1)) : name === allowed;
}

/** Types come from `@types`, which need not be there at run time; the runtime itself brings the Worker's own modules. */
function undeclaredPackages({ path, imports }: Module): string[] {
  const deployed = /^(edge|functions|shared|headrace)/.test(path);
  const known = deployed ? atRunTime : declared;
  const names = imports.flatMap(to =>
    to.kind === 'package' && !to.name.startsWith('node:') ? [to.name] : [],
  );
  return names
    .filter(name => !known.has(name) && !declared.has(`@types/${name}`))
    .map(name => `${path} -> ${name}`);
}

function findCycles(all: readonly Module[]): string[] {
  const edges = new Map(
    all.map(
      ({ path, imports }) => [path, imports.flatMap(to => (to.kind === 'module' ? [to.path] : []))] as const,
    ),
  );
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): string[] => {
    const start = trail.indexOf(path);
    if (start >= 0) return [[...trail.slice(start), path].join(' -> ')];
    if (done.has(path)) return [];
    const found = (edges.get(path) ?? []).flatMap(to => visit(to, [...trail, path]));
    done.add(path);
    return found;
  };
  return all.flatMap(({ path }) => visit(path, []));
}
