/**
 * The project's modules as data for the rules to ask about, read by a real parser, so that comments, strings and type-only
 * imports are not mistaken for something else.
 *
 * Shape   folders -> Module[]; paths from the project's root, with forward slashes
 */

import { existsSync, globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAst } from 'vitest/node';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Module {
  readonly path: string;
  readonly text: string;
  /** What it imports or re-exports, types included. */
  readonly imports: readonly Import[];
  /** Every identifier in its code, property names included. */
  readonly identifiers: ReadonlySet<string>;
  readonly hasDefaultExport: boolean;
  /** It holds types only: there is nothing to run, and nothing to test. */
  readonly onlyTypes: boolean;
}

export type Import =
  | { readonly kind: 'module'; readonly path: string }
  | { readonly kind: 'package'; readonly name: string };

export function readModules(folders: readonly string[]): readonly Module[] {
  const patterns = folders.map(folder => `${folder}/**/*.{ts,mts,mjs}`);
  const paths = globSync(patterns, { cwd: ROOT }).map(path => path.replaceAll('\\', '/'));
  return paths.toSorted().map(readModule);
}

export function exists(path: string): boolean {
  return existsSync(join(ROOT, path));
}

export function readModule(path: string): Module {
  const text = readFileSync(join(ROOT, path), 'utf8');
  return parseModule(path, text);
}

export function parseModule(path: string, text: string): Module {
  const program = parseAst(text, { lang: /\.d\.m?ts$/.test(path) ? 'dts' : 'ts' }) as unknown as Node & {
    body: Node[];
  };
  const nodes = [...walk(program)];
  return {
    path,
    text,
    imports: nodes.flatMap(node => specifiersOf(node)).map(specifier => resolve(path, specifier)),
    identifiers: new Set(nodes.filter(({ type }) => type === 'Identifier').map(({ name }) => String(name))),
    hasDefaultExport: nodes.some(isDefaultExport),
    onlyTypes: /\.d\.m?ts$/.test(path) || program.body.every(isType),
  };
}

interface Node {
  readonly type: string;
  readonly [property: string]: unknown;
}

function* walk(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const item of value) yield* walk(item);
  else if (isNode(value)) {
    yield value;
    yield* walk(Object.values(value));
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

const IMPORTING = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
]);

/** A computed import() names nothing that could be checked; the file it starts is data to its author too. */
function specifiersOf({ type, source }: Node): string[] {
  if (!IMPORTING.has(type) || !isNode(source)) return [];
  return typeof source.value === 'string' ? [source.value] : [];
}

function resolve(importer: string, specifier: string): Import {
  if (isBuiltin(specifier)) return { kind: 'package', name: specifier };
  if (!specifier.startsWith('.')) return { kind: 'package', name: packageOf(specifier) };
  const path = posix.join(posix.dirname(importer), specifier);
  const inside = /^node_modules\/(.+)/.exec(path)?.[1];
  return inside ? { kind: 'package', name: packageOf(inside) } : { kind: 'module', path };
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function isDefaultExport({ type, exported }: Node): boolean {
  if (type === 'ExportDefaultDeclaration') return true;
  return type === 'ExportSpecifier' && isNode(exported) && exported.name === 'default';
}

const TYPES = new Set(['TSInterfaceDeclaration', 'TSTypeAliasDeclaration']);

function isType(statement: Node): boolean {
  if (statement.type === 'ImportDeclaration' || TYPES.has(statement.type)) return true;
  if (statement.type === 'ExportAllDeclaration') return statement.exportKind === 'type';
  return statement.type === 'ExportNamedDeclaration' && statement.exportKind === 'type';
}
