/**
 * Leaves out what something else in the same plan reaches anyway: the same target twice, an address below a prefix, a prefix
 * below a shorter one, what is on a host that goes as a whole, and everything under everything.
 *
 * Shape   targets -> targets, in their order
 * Errors  none (total)
 * Cost    O(targets · lengths of prefixes)
 */

import { identify, isBelow, type Target } from '../target.ts';

type Prefix = Target & { readonly kind: 'prefix' };

export function foldTargets(targets: readonly Target[]): readonly Target[] {
  if (targets.some(({ kind }) => kind === 'everything')) return [{ kind: 'everything' }];
  const unique = [...new Map(targets.map(target => [identify(target), target])).values()];
  const hosts = new Set(unique.flatMap(target => (target.kind === 'host' ? [target.host] : [])));
  const prefixes = createPrefixTable(unique);
  return unique.filter(target => {
    if (target.kind !== 'url' && target.kind !== 'prefix') return true;
    return !hosts.has(target.host) && !prefixes.cover(target);
  });
}

/** By host and text, with the lengths there are: an address is looked up once for each. */
function createPrefixTable(targets: readonly Target[]) {
  const byText = new Map<string, Prefix[]>();
  const lengths = new Set<number>();
  for (const target of targets) {
    if (target.kind !== 'prefix') continue;
    const text = target.host + target.path;
    byText.set(text, [...(byText.get(text) ?? []), target]);
    lengths.add(text.length);
  }
  const ascending = [...lengths].sort((one, other) => one - other);
  return {
    cover(target: Target & { readonly kind: 'url' | 'prefix' }): boolean {
      const text = target.host + target.path;
      return ascending
        .filter(length => length <= text.length)
        .flatMap(length => byText.get(text.slice(0, length)) ?? [])
        .some(prefix => prefix !== target && prefix.host === target.host && reaches(prefix, target));
    },
  };
}

function reaches(prefix: Prefix, target: Target & { readonly kind: 'url' | 'prefix' }): boolean {
  if (!isBelow(target.path, prefix)) return false;
  // Of two with one text, the one without bounds reaches more.
  if (target.kind === 'prefix' && target.path === prefix.path) return target.whole === true && !prefix.whole;
  return true;
}
