import { expect, it } from 'vitest';
import { baseStatus } from '../../../../infra/local/debian/base-status.ts';

const stanza = (name: string, fields: string, status = 'install ok installed'): string =>
  `Package: ${name}\nStatus: ${status}\n${fields}Description: ${name}\n It mentions\n Depends: nothing\n`;

const packagesOf = (status: string): string[] =>
  [...status.matchAll(/^Package: (.*)$/gm)].map(match => match[1] ?? '').sort();

it('keeps the essential packages and what they need, however it is spelled', () => {
  const status = [
    stanza('bash', 'Essential: yes\nPre-Depends: libc6 (>= 2.36), libtinfo6:any (>= 6)\n'),
    stanza('base-files', 'Essential: yes\nPre-Depends: awk\nDepends: absent | libcrypt1\n'),
    stanza('mawk', 'Provides: awk\n'),
    stanza('libc6', 'Depends: libgcc-s1,\n libcrypt1 (>= 1)\n'),
    stanza('libtinfo6', ''),
    stanza('libgcc-s1', ''),
    stanza('libcrypt1', 'Depends: libc6\n'),
    stanza('postgresql-15', 'Depends: libc6\n'),
  ].join('\n');
  expect(packagesOf(baseStatus(status))).toEqual([
    'base-files',
    'bash',
    'libc6',
    'libcrypt1',
    'libgcc-s1',
    'libtinfo6',
    'mawk',
  ]);
});

it('takes a removed package for absent', () => {
  const status = stanza('old-shell', 'Essential: yes\n', 'deinstall ok config-files');
  expect(baseStatus(status)).toBe('');
});

it('leaves each stanza as dpkg wrote it', () => {
  const bash = stanza('bash', 'Essential: yes\n');
  expect(baseStatus(`${bash}\n${stanza('other', '')}`)).toBe(bash);
});
