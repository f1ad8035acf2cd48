import { spawnSync } from 'node:child_process';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../../shared/config/settings.ts';
import { codeSpans, type Markdown, parseMarkdown } from './markdown.ts';
import { exists, ROOT } from './modules.ts';

const REQUIRED = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'LICENSE'];

const documents = REQUIRED.filter(name => name.endsWith('.md') && exists(name)).map(
  name => [name, parseMarkdown(readFileSync(join(ROOT, name), 'utf8'))] as const,
);
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

it.each(REQUIRED)('%s is there', name => {
  expect(exists(name)).toBe(true);
});

describe.each(documents)('%s', (_, document) => {
  it('links to files that exist', () => {
    expect(document.links.filter(link => !exists(link))).toEqual([]);
  });

  it('names paths that exist', () => {
    expect(document.spans.filter(isProjectPath).filter(path => !pathExists(path))).toEqual([]);
  });

  it('names commands that exist', () => {
    expect(commandsOf(document).filter(command => !commandExists(command))).toEqual([]);
  });
});

describe('README.md', () => {
  const readme = documents.find(([name]) => name === 'README.md')?.[1];

  it('lists every setting the code knows, and no other', () => {
    const rows = readme?.tables
      .filter(([header]) => header?.[0]?.toLowerCase() === 'setting')
      .flatMap(table => table.slice(1));
    const names = (rows ?? [])
      .flatMap(([cell = '']) => codeSpans(cell))
      .filter(span => /^[A-Z][A-Z0-9_]+$/.test(span));
    expect(names.toSorted()).toEqual(Object.keys(SETTINGS).toSorted());
  });
});

describe('the pictures of README.md', () => {
  const text = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const pictures = [...text.matchAll(/<(?:img|source)[^>]+(?:src|srcset)="([^"]+)"/g)].map(
    ([, path = '']) => path,
  );

  it('are there, light and dark, and small', () => {
    const sizes = pictures.map(path => [path, statSync(join(ROOT, path)).size] as const);
    expect(sizes.filter(([, size]) => size > 150 * 1024)).toEqual([]);
    expect(pictures.map(path => basename(path)).toSorted()).toEqual([
      'dashboard-dark.png',
      'dashboard-light.png',
    ]);
  });

  it('say in words what they show', () => {
    expect(text).toMatch(/<img[^>]+alt="[^"]{40,}"/);
  });
});

describe('the TypeScript in the documents', () => {
  it('compiles', () => {
    const blocks = documents.flatMap(([name, { blocks }]) =>
      blocks.filter(({ language }) => /^(ts|typescript)$/.test(language)).map(({ code }) => ({ name, code })),
    );
    expect(compile(blocks)).toBe('');
  });
});

const FOLDERS = new Set(['edge', 'functions', 'infra', 'shared', 'test', '.ci']);
const FILE = /^[\w.-]+\.(ts|mts|mjs|json|toml|md)$/;

/** Generated folders come and go, so nothing can be said about what lies in them. */
function isProjectPath(span: string): boolean {
  const [first = '', ...rest] = span.split('/');
  if (!/^[\w@./<>*{},-]+$/.test(span)) return false;
  return rest.length > 0 ? FOLDERS.has(first) : FILE.test(span) || first.endsWith('/');
}

/** `<name>` and `*` stand for any; a bare file name may stand for a file of that name anywhere. */
function pathExists(path: string): boolean {
  const pattern = path.replace(/<[^>]+>/g, '*').replace(/\/$/, '');
  if (globSync(pattern, { cwd: ROOT }).length > 0) return true;
  const isBare = basename(path) === path;
  return isBare && globSync(`{${[...FOLDERS].join(',')}}/**/${pattern}`, { cwd: ROOT }).length > 0;
}

const SHELL = /^(sh|bash|shell|console|)$/;

/** Every `npm …` and `npx …`, in a span or on a line of a shell block. */
function commandsOf({ spans, blocks }: Markdown): string[] {
  const lines = blocks.filter(({ language }) => SHELL.test(language)).flatMap(({ code }) => code.split('\n'));
  return [...spans, ...lines].flatMap(text => text.match(/\bnp[mx] (?:run )?[\w:@./-]+/g) ?? []);
}

const NPM_ITSELF = new Set(['ci', 'install']);
const NPM_SHORT = new Set(['start', 'test']);

function commandExists(command: string): boolean {
  const [program, first = '', second = ''] = command.split(' ');
  if (program === 'npx') return exists(`node_modules/.bin/${first}`);
  if (first === 'run') return Object.hasOwn(manifest.scripts, second);
  return NPM_ITSELF.has(first) || (NPM_SHORT.has(first) && Object.hasOwn(manifest.scripts, first));
}

/** Checks each block as a module at the project's root, where its document stands; '' when all are right. */
function compile(blocks: readonly { readonly name: string; readonly code: string }[]): string {
  if (blocks.length === 0) return '';
  mkdirSync(join(ROOT, '.headrace'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, '.headrace', 'documents-'));
  try {
    blocks.forEach(({ name, code }, at) => {
      writeFileSync(join(folder, `${name}.${at}.ts`), `${code}\nexport {};\n`);
    });
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(compilerSettings(folder)));
    const { stdout, stderr } = spawnSync(join(ROOT, 'node_modules/.bin/tsc'), ['-p', folder], {
      encoding: 'utf8',
    });
    return stdout + stderr;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function compilerSettings(folder: string) {
  return {
    extends: join(ROOT, 'tsconfig.json'),
    // The two folders count as one: './shared/…' in a block is the project's.
    compilerOptions: { rootDirs: [ROOT, folder] },
    include: [folder],
  };
}
