/**
 * Everything that the public face has to tell, as one union: stats, audit log and debug log are listeners and nothing else.
 *
 * Units   durations ms
 */

import type { CacheEvent } from './events.ts';

export type Level = 'L1' | 'L2';

export type ApplicationEvent =
  | CacheEvent
  | { readonly kind: 'hit'; readonly key: string; readonly level: Level; readonly stale: boolean }
  | { readonly kind: 'miss'; readonly key: string }
  /** The loader was run; `background` is a refresh that nobody waits for. */
  | {
      readonly kind: 'loaded';
      readonly key: string;
      readonly tookMs: number;
      readonly background: boolean;
    }
  | {
      readonly kind: 'load-failed';
      readonly key: string;
      readonly tookMs: number;
      readonly error: unknown;
      /** An old value was served in its place. */
      readonly served: boolean;
    }
  | {
      readonly kind: 'stored';
      readonly key: string;
      readonly tags: readonly string[];
      readonly bytes: number;
    }
  /** The loader's value was given to the caller and not kept: it takes more than `maxValueBytes`. */
  | { readonly kind: 'not-kept'; readonly key: string; readonly error: unknown }
  | { readonly kind: 'compressed'; readonly key: string; readonly savedBytes: number }
  | { readonly kind: 'deleted'; readonly keys: readonly string[] }
  | { readonly kind: 'purged'; readonly tags: readonly string[]; readonly soft: boolean }
  /** Another process holds the lease: wait for its value, or give up waiting. */
  | { readonly kind: 'lease'; readonly key: string; readonly outcome: 'won' | 'waited' | 'gave-up' }
  /** Write-behind could not write, and the value is lost. */
  | { readonly kind: 'write-lost'; readonly key: string; readonly error: unknown }
  /** One pipeline to Redis; `billed` counts what scripts run inside as Upstash does, from above. */
  | {
      readonly kind: 'trip';
      readonly commands: number;
      readonly billed: number;
      readonly tookMs: number;
      readonly failed: boolean;
    };

export type ApplicationListener = (event: ApplicationEvent) => void;
