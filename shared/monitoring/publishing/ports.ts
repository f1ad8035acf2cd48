/**
 * The two ports of publishing: where figures go, and where it is remembered what went there.
 *
 * Errors  as each method says
 */

import type { Samples } from '../sample.ts';
import type { Datum } from './metric-data.ts';

export interface MetricSink {
  /**
   * In one call, once: who sends it twice is counted twice.
   *
   * Errors  AwsRefused: nothing of it was taken. AwsUnavailable: nobody knows
   */
  put(data: readonly Datum[]): Promise<void>;
  /** The highest value of the minute; undefined where there is none. Errors as `put`. */
  highest(name: string, minuteAt: number): Promise<number | undefined>;
}

/** What has arrived for certain: all of it, up to the batch with this number. */
export interface Published {
  readonly sequence: number;
  readonly samples: Samples;
  readonly routes: readonly string[];
}

/** A batch that was sent, or is about to be: what will have arrived with it. */
export interface Pending extends Published {
  readonly begunAt: number;
  /** The minute that its figures are told for. */
  readonly at: number;
}

/** Errors RedisUnavailable, RedisError: nobody knows whether it was done. */
export interface PublishingStore {
  read(): Promise<{ readonly published: Published | undefined; readonly pending: Pending | undefined }>;
  /** False where another batch is pending, or has arrived since this one was made. */
  begin(pending: Pending): Promise<boolean>;
  /** The batch has arrived; where it is no longer pending nothing is done. */
  commit(pending: Pending): Promise<void>;
  /** It has not, and will not. */
  drop(pending: Pending): Promise<void>;
}
