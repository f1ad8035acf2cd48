import { expect, it } from 'vitest';
import { parseSimulation } from '../../../../infra/local/debian/apt.ts';
import { isNeverRun, newestPostgresMajor } from '../../../../infra/local/debian/recipe.ts';

it('takes the newest PostgreSQL that has HypoPG', () => {
  const names = [
    'postgresql-9.6',
    'postgresql-18',
    'postgresql-9-hypopg',
    'postgresql-15-hypopg',
    'postgresql-15',
  ];
  expect(newestPostgresMajor(names)).toBe(15);
  expect(newestPostgresMajor(['postgresql-18', 'postgresql-18-hypopg-dbgsym', ''])).toBeNull();
});

it('leaves out what only installation needs, and nothing that is loaded', () => {
  const packages = [
    'perl-base',
    'libperl5.36',
    'passwd',
    'libllvm14',
    'libldap-2.5-0',
    'libgl1',
    'tzdata',
    'libpam0g',
  ];
  expect(packages.filter(isNeverRun)).toEqual(['perl-base', 'libperl5.36', 'passwd', 'libllvm14']);
});

it('reads names and versions from what apt would install', () => {
  const output = [
    'Reading package lists...',
    'Inst perl-base [5.36.0-7] (5.36.0-8 Debian-Security:12/oldstable [amd64])',
    'Inst libx11-6 (2:1.8.4-2 Debian:12/oldstable [amd64]) []',
    'Conf libx11-6 (2:1.8.4-2 Debian:12/oldstable [amd64])',
  ].join('\n');
  expect(parseSimulation(output)).toEqual([
    { name: 'perl-base', version: '5.36.0-8' },
    { name: 'libx11-6', version: '2:1.8.4-2' },
  ]);
});
