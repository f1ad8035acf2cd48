/**
 * The tables of profiles in ARCHITECTURE.md, held to the code row by row.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type CachePolicy, PROFILES } from '../../shared/http/policy.ts';
import { parseMarkdown } from './markdown.ts';
import { ROOT } from './modules.ts';
import { CHOICES, NAMES, PROFILE_TABLES } from './profile-tables.ts';

const { tables } = parseMarkdown(readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8'));

it('they say of every profile what the code does', () => {
  const found = tables.filter(([header]) => header?.slice(1).join() === NAMES.join());
  for (const table of found) expect(PROFILE_TABLES).toContainEqual(table);
});

it('they leave out no choice', () => {
  const chosen = NAMES.flatMap(name => Object.keys(PROFILES[name])) as (keyof CachePolicy)[];
  expect(chosen.filter(choice => CHOICES[choice] === null)).toEqual([]);
});
