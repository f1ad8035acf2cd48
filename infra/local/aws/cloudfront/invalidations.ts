/**
 * CloudFront's rules of invalidations: what an item may look like, how many may be in progress, what a reference stands for, and
 * when one completes. It caches nothing; it keeps what it was told.
 *
 * Units   epoch ms
 * Errors  CloudFrontRefused with the vendor's code
 * Source  CloudFront API Reference, CreateInvalidation; Developer Guide, "Concurrent invalidation request maximum",
 *         "Invalidating content by cache tags"
 */

export interface Distribution {
  /** Whether it has a CacheTagConfig. */
  readonly tags: boolean;
}

export interface Invalidation {
  readonly id: string;
  readonly reference: string;
  readonly items: readonly string[];
  readonly createdAt: number;
  readonly completesAt: number;
}

export class CloudFrontRefused extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export interface Batch {
  readonly reference: string;
  readonly quantity: number;
  readonly items: readonly string[];
}

export interface InvalidationsOptions {
  readonly distributions: Readonly<Record<string, Distribution>>;
  readonly clock: () => number;
  /** @default 1_000 */
  readonly takesMs?: number;
}

const MOST_ITEMS = 3_000;
const MOST_WILDCARDS = 15;
const LONGEST_PATH = 4_000;
const PATH = /^\/(?:[!$&'()*+,\-./0-9:;=?@A-Z_a-z]|%[0-9A-Fa-f]{2})*$/;
const TAG = /^#[!-+\--~]{1,256}$/;

export interface Invalidations {
  create(
    distribution: string,
    batch: Batch,
  ): { readonly invalidation: Invalidation; readonly isNew: boolean };
  get(distribution: string, id: string): Invalidation;
  isCompleted(invalidation: Invalidation): boolean;
  /** In the order they were made: what would stand on the bill. */
  list(distribution: string): readonly Invalidation[];
}

export function createInvalidations({ distributions, clock, takesMs = 1_000 }: InvalidationsOptions) {
  const kept = new Map<string, Invalidation[]>();
  const of = (distribution: string): Invalidation[] => {
    if (!Object.hasOwn(distributions, distribution))
      throw new CloudFrontRefused('NoSuchDistribution', 'The specified distribution does not exist.', 404);
    const list = kept.get(distribution) ?? [];
    kept.set(distribution, list);
    return list;
  };
  const isCompleted = ({ completesAt }: Invalidation) => clock() >= completesAt;

  return {
    create(distribution, batch) {
      const list = of(distribution);
      checkBatch(batch, distributions[distribution]?.tags ?? false);
      const before = list.find(({ reference }) => reference === batch.reference);
      if (before) return { invalidation: repeated(before, batch), isNew: false };
      checkRoom(
        batch,
        list.filter(each => !isCompleted(each)),
      );
      const createdAt = clock();
      const id = `I${String(list.length + 1).padStart(13, '0')}`;
      const invalidation = { id, ...batch, createdAt, completesAt: createdAt + takesMs };
      list.push(invalidation);
      return { invalidation, isNew: true };
    },
    get(distribution, id) {
      const found = of(distribution).find(each => each.id === id);
      if (found) return found;
      throw new CloudFrontRefused('NoSuchInvalidation', 'The specified invalidation does not exist.', 404);
    },
    isCompleted,
    list: distribution => of(distribution),
  } satisfies Invalidations;
}

function checkBatch({ reference, quantity, items }: Batch, tags: boolean): void {
  if (reference === '') throw new CloudFrontRefused('MissingArgument', 'CallerReference is missing.');
  if (quantity !== items.length)
    throw new CloudFrontRefused(
      'InconsistentQuantities',
      'The value of Quantity and the size of Items do not match.',
    );
  if (items.length === 0) throw new CloudFrontRefused('InvalidArgument', 'There are no paths.');
  if (items.filter(item => !isWildcard(item)).length > MOST_ITEMS)
    throw new CloudFrontRefused('BatchTooLarge', 'Invalidation batch specified is too large.', 413);
  for (const item of items) checkItem(item, tags);
}

function checkItem(item: string, tags: boolean): void {
  const isRight = item.startsWith('#')
    ? tags && TAG.test(item)
    : PATH.test(item) && item.length <= LONGEST_PATH;
  const star = item.indexOf('*');
  const isEnd = item.startsWith('#') ? star < 0 : star < 0 || star === item.length - 1;
  if (!isRight || !isEnd)
    throw new CloudFrontRefused(
      'InvalidArgument',
      `Your request contains one or more invalid invalidation paths: ${item.slice(0, 80)}`,
    );
}

function checkRoom({ items }: Batch, inProgress: readonly Invalidation[]): void {
  const all = [...items, ...inProgress.flatMap(each => each.items)];
  const wildcards = all.filter(isWildcard).length;
  if (wildcards <= MOST_WILDCARDS && all.length - wildcards <= MOST_ITEMS) return;
  throw new CloudFrontRefused(
    'TooManyInvalidationsInProgress',
    'You have exceeded the maximum number of allowable InProgress invalidation batch requests, or invalidation objects.',
  );
}

/** The same reference with the same paths is the first one again, at no cost. */
function repeated(before: Invalidation, { items }: Batch): Invalidation {
  if (before.items.join('\n') === items.join('\n')) return before;
  throw new CloudFrontRefused(
    'InvalidationBatchAlreadyExists',
    'The CallerReference was used before, with other paths.',
  );
}

function isWildcard(item: string): boolean {
  return item.endsWith('*') && !item.startsWith('#');
}
