/**
 * A cache that keeps the promise of Headrace's own: a load that began before a purge of its tags is not kept.
 *
 * Its pages are one for each row, and two lists with every second row on each.
 */

import { ROWS, type Versions } from './database.ts';

export interface Page {
  readonly tag: string;
  readonly rows: readonly number[];
}

export const PAGES: readonly Page[] = [
  ...ROWS.map(row => ({ tag: `row-${row}`, rows: [row] })),
  ...[0, 1].map(list => ({ tag: `list-${list}`, rows: ROWS.filter(row => row % 2 === list) })),
];

export interface Load {
  readonly page: Page;
  readonly begunAt: number;
  read?: Versions;
}

export function createCache() {
  const stored = new Map<Page, Versions>();
  const purgedAt = new Map<string, number>();
  let now = 0;
  return {
    begin: (page: Page): Load => ({ page, begunAt: now }),
    keep({ page, begunAt, read }: Load): void {
      if (read && (purgedAt.get(page.tag) ?? -1) < begunAt) stored.set(page, read);
    },
    purge(tags: readonly string[]): void {
      for (const tag of tags) purgedAt.set(tag, now);
      for (const page of stored.keys()) if (tags.includes(page.tag)) stored.delete(page);
      now += 1;
    },
    stored: (): ReadonlyMap<Page, Versions> => stored,
  };
}

export type ModelCache = ReturnType<typeof createCache>;
