/** infra/DEPLOY.md says what is so: its settings, commands, configurations and links are the code's. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { unstable_readConfig } from 'wrangler';
import { DEPLOYMENT_SETTINGS } from '../../infra/deployment-settings.ts';
import { secretNames, sourceOf } from '../../infra/local/deploy/handover.ts';
import { STACKS } from '../../infra/stack-of.ts';
import { parseConfig } from '../../shared/config/config.ts';
import { SETTINGS } from '../../shared/config/settings.ts';
import { codeSpans, parseMarkdown } from './markdown.ts';
import { exists, ROOT } from './modules.ts';

const guide = parseMarkdown(readFileSync(join(ROOT, 'infra/DEPLOY.md'), 'utf8'));
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const blocks = (language: string) =>
  guide.blocks.filter(block => block.language === language).map(({ code }) => code);
const shellLines = blocks('sh').flatMap(code => code.trim().split('\n'));
const rowsOf = (heading: string) =>
  guide.tables
    .find(([header]) => header?.[0] === heading)
    ?.slice(1)
    .map(([cell = '']) => cell) ?? [];

describe('infra/DEPLOY.md', () => {
  it('lists every setting of a deployment, and no other', () => {
    const named = rowsOf('setting').flatMap(cell => codeSpans(cell));
    expect(named).toEqual(Object.keys(DEPLOYMENT_SETTINGS));
  });

  it('names every stack', () => {
    const named = rowsOf('stack').map(cell => cell.toLowerCase().replace('headrace-', ''));
    expect(named).toEqual(STACKS);
  });

  it('links to what is there', () => {
    expect(guide.links.filter(link => !exists(join('infra', link)))).toEqual([]);
  });

  it('is what README.md links to', () => {
    expect(readFileSync(join(ROOT, 'README.md'), 'utf8')).toContain('](infra/DEPLOY.md)');
  });
});

describe('a command in it', () => {
  const commands = [...shellLines, ...guide.spans].flatMap(text => text.match(/\bnp[mx] .*/g) ?? []);

  it.each(commands)('exists: %s', command => {
    const [program, first = '', second = ''] = command.split(' ');
    if (program === 'npx') expect(exists(`node_modules/.bin/${first}`)).toBe(true);
    else if (first === 'run') expect(manifest.scripts).toHaveProperty([second]);
    else expect(['ci', 'test']).toContain(first);
  });

  it('is given settings that there are', () => {
    const given = shellLines.flatMap(line => line.match(/\b[A-Z][A-Z0-9_]+(?==)/g) ?? []);
    const known = [
      ...Object.keys(SETTINGS),
      ...Object.keys(DEPLOYMENT_SETTINGS),
      ...secretNames([]).map(sourceOf),
    ];
    expect(given.length).toBeGreaterThan(5);
    expect(given.filter(name => !known.includes(name))).toEqual([]);
  });

  it('gives them values that they may have', () => {
    const pairs = shellLines.flatMap(line => [...line.matchAll(/\b([A-Z][A-Z0-9_]+)=([^\s"]+)/g)]);
    const wrong = pairs.filter(([, name = '', value = '']) => {
      const setting = Object.entries(DEPLOYMENT_SETTINGS).find(([known]) => known === name)?.[1];
      return setting !== undefined && !setting.is.test(value);
    });
    expect(wrong.map(([text]) => text)).toEqual([]);
  });
});

describe('a configuration in it', () => {
  it.each(blocks('ts'))('is one: %#', async code => {
    const folder = mkdtempSync(join(tmpdir(), 'headrace-guide-'));
    try {
      const file = join(folder, 'headrace.config.ts');
      writeFileSync(file, code.replace("'../", `'${pathToFileURL(ROOT).href}/`));
      const { default: written } = await import(file);
      expect(parseConfig(written)).toMatchObject({ ok: true });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it.each(blocks('toml'))('is read by wrangler: %#', code => {
    const folder = mkdtempSync(join(tmpdir(), 'headrace-guide-'));
    try {
      const config = join(folder, 'wrangler.toml');
      writeFileSync(config, `name = "guide"\ncompatibility_date = "2026-07-30"\n${code}`);
      expect(unstable_readConfig({ config }).routes).not.toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
