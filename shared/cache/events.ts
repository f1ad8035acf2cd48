/**
 * Everything the cache has to tell, as one union: logs and metrics are listeners and nothing else.
 */

export type LevelOperation = 'read' | 'check' | 'write' | 'purge';

export type CacheEvent =
  /** A level could not be asked; the caller was served without it. */
  | {
      readonly kind: 'level-failed';
      readonly operation: LevelOperation;
      readonly error: unknown;
    }
  /** A purge came while the value was loaded, so it was not kept. */
  | { readonly kind: 'write-refused'; readonly key: string }
  /** A value in Redis was cut, damaged, foreign or of another format: a miss, overwritten by the next write. */
  | { readonly kind: 'value-unreadable'; readonly key: string };

export type CacheListener = (event: CacheEvent) => void;
