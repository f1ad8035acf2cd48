/**
 * Reduces dpkg's list of installed packages to those that every Debian has: the essential ones and what they need.
 *
 * With the whole list, apt would leave out what this machine happens to have, and the unpacked tree would need this
 * machine. With an empty one it would fetch a second libc, which must not meet the dynamic loader of the first.
 *
 * Shape   text of a dpkg status file -> text of a dpkg status file
 * Source  deb-control(5), the fields Essential, Depends, Pre-Depends, Provides; dpkg's status file format
 */
export function baseStatus(status: string): string {
  const installed = status.split(/\n\n+/).filter(isInstalled);
  const byName = indexByName(installed);
  const base = new Set<string>();
  const pending = installed.filter(stanza => field(stanza, 'Essential') === 'yes');
  for (let stanza = pending.pop(); stanza !== undefined; stanza = pending.pop()) {
    if (base.has(stanza)) continue;
    base.add(stanza);
    pending.push(...neededNames(stanza).flatMap(name => byName.get(name) ?? []));
  }
  return [...base].map(stanza => `${stanza.trim()}\n`).join('\n');
}

const isInstalled = (stanza: string): boolean => /\binstalled$/.test(field(stanza, 'Status'));

/** Under its own name and under each one it provides. */
function indexByName(stanzas: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const index = new Map<string, string[]>();
  for (const stanza of stanzas) {
    for (const name of [field(stanza, 'Package'), ...names(field(stanza, 'Provides'))]) {
      index.set(name, [...(index.get(name) ?? []), stanza]);
    }
  }
  return index;
}

const neededNames = (stanza: string): readonly string[] => [
  ...names(field(stanza, 'Pre-Depends')),
  ...names(field(stanza, 'Depends')),
];

/** `libc6 (>= 2.34), awk | mawk:any` -> libc6, awk, mawk. Alternatives that are not installed are not in the index. */
const names = (relations: string): readonly string[] =>
  relations
    .split(/[,|]/)
    .map(relation => relation.trim().split(/[\s:(]/)[0] ?? '')
    .filter(Boolean);

function field(stanza: string, name: string): string {
  const match = new RegExp(`^${name}: (.*(?:\\n[ \\t].*)*)`, 'm').exec(stanza);
  return match?.[1] ?? '';
}
