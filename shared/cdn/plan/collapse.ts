/**
 * By the operator's choice: where more than so many addresses lie below one folder, names the folder instead. The smallest
 * folders that are crowded go, never a whole host.
 *
 * Shape   targets, bound -> targets, and which folders stand for how many addresses
 * Errors  none (total)
 * Cost    O(addresses · depth)
 */

import type { Target } from '../target.ts';

export interface Collapsed {
  readonly prefix: string;
  readonly urls: number;
}

export interface Collapsing {
  readonly targets: readonly Target[];
  readonly collapsed: readonly Collapsed[];
}

type Url = Target & { readonly kind: 'url' };

interface Folder {
  readonly host: string;
  readonly path: string;
  readonly depth: number;
  urls: Url[];
}

export interface Crowding {
  readonly above: number | undefined;
  /** Slashes that a folder may have. @default any */
  readonly deepest?: number | undefined;
}

export function collapseUrls(
  targets: readonly Target[],
  { above, deepest = Infinity }: Crowding,
): Collapsing {
  if (above === undefined) return { targets, collapsed: [] };
  const folders = foldersOf(targets, deepest);
  const gone = new Set<Target>();
  const crowded: Folder[] = [];
  // From the deepest up: what was named below is not counted above.
  for (const folder of [...folders.values()].sort((one, other) => other.depth - one.depth)) {
    const left = folder.urls.filter(url => !gone.has(url));
    if (left.length <= above) continue;
    for (const url of left) gone.add(url);
    crowded.push({ ...folder, urls: left });
  }
  return {
    targets: [
      ...targets.filter(target => !gone.has(target)),
      ...crowded.map(({ host, path }): Target => ({ kind: 'prefix', host, path })),
    ],
    collapsed: crowded.map(({ host, path, urls }) => ({ prefix: host + path, urls: urls.length })),
  };
}

function foldersOf(targets: readonly Target[], deepest: number): ReadonlyMap<string, Folder> {
  const folders = new Map<string, Folder>();
  for (const target of targets) {
    if (target.kind !== 'url') continue;
    for (const { path, depth } of foldersAbove(target.path)) {
      // The slash it begins with counts as well.
      if (depth + 1 > deepest) break;
      const key = target.host + path;
      const folder = folders.get(key) ?? { host: target.host, path, depth, urls: [] };
      folder.urls.push(target);
      folders.set(key, folder);
    }
  }
  return folders;
}

/** Without the folder of all. */
function foldersAbove(path: string): readonly { readonly path: string; readonly depth: number }[] {
  const [plain = ''] = path.split('?', 1);
  const found: { readonly path: string; readonly depth: number }[] = [];
  for (let end = plain.indexOf('/', 1); end > 0; end = plain.indexOf('/', end + 1))
    found.push({ path: plain.slice(0, end + 1), depth: found.length + 1 });
  return found;
}
