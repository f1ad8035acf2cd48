/**
 * Whether what clients got is what the origin would have said: every body against all that the origin rendered, by version.
 *
 * A body is right when the origin gave those very bytes for the page in a rendering that began after the last change which
 * the client must see. It must see a change when its purge had been answered `boundMs` before it asked.
 *
 * Shape   record renderings and changes, then judge deliveries -> Violation[]
 * Units   instants in ms of one monotonic clock, that of the machine
 */

export interface Rendering {
  readonly page: string;
  readonly hash: string;
  readonly tags: readonly string[];
  readonly startedAt: number;
}

export interface Change {
  readonly tags: readonly string[];
  /** The origin had done it: what it renders from here on shows it. */
  readonly doneAt: number;
  /** The edge had answered for it, purge included. */
  readonly purgedAt: number;
}

export interface Delivery {
  readonly page: string;
  readonly path: string;
  readonly hash: string;
  readonly askedAt: number;
}

export interface Violation extends Delivery {
  /** `stale` is what was once right; `foreign` was never the origin's word for this page. */
  readonly kind: 'stale' | 'foreign';
  /** Since the purge that it should have seen was answered, above the bound; 0 for a foreign one. */
  readonly lateMs: number;
}

export interface Truth {
  rendered(rendering: Rendering): void;
  changed(change: Change): void;
  /** Undefined when it is right. */
  judge(delivery: Delivery): Violation | undefined;
}

interface PageTruth {
  /** By hash, when the last rendering of it began. */
  readonly lastStartedAt: Map<string, number>;
  readonly tags: Set<string>;
}

export function createTruth({ boundMs }: { readonly boundMs: number }): Truth {
  const pages = new Map<string, PageTruth>();
  const changes = new Map<string, Change[]>();

  function pageOf(page: string): PageTruth {
    const known = pages.get(page) ?? { lastStartedAt: new Map<string, number>(), tags: new Set<string>() };
    pages.set(page, known);
    return known;
  }

  function lastToBeSeen(tags: Iterable<string>, askedAt: number): Change | undefined {
    const due = [...tags]
      .flatMap(tag => changes.get(tag) ?? [])
      .filter(({ purgedAt }) => purgedAt + boundMs <= askedAt);
    return due.reduce<Change | undefined>(
      (last, next) => (last && last.doneAt >= next.doneAt ? last : next),
      undefined,
    );
  }

  return {
    rendered({ page, hash, tags, startedAt }) {
      const { lastStartedAt, tags: all } = pageOf(page);
      for (const tag of tags) all.add(tag);
      lastStartedAt.set(hash, Math.max(startedAt, lastStartedAt.get(hash) ?? startedAt));
    },
    changed(change) {
      for (const tag of change.tags) changes.set(tag, [...(changes.get(tag) ?? []), change]);
    },
    judge(delivery) {
      const { lastStartedAt, tags } = pageOf(delivery.page);
      const renderedAt = lastStartedAt.get(delivery.hash);
      if (renderedAt === undefined) return { ...delivery, kind: 'foreign', lateMs: 0 };
      const change = lastToBeSeen(tags, delivery.askedAt);
      if (change === undefined || renderedAt >= change.doneAt) return undefined;
      return { ...delivery, kind: 'stale', lateMs: delivery.askedAt - change.purgedAt - boundMs };
    },
  };
}
