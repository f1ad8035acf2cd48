/** What every part of the search is told. */

import type { Deadline } from './deadline.ts';
import type { WriteCost } from './model.ts';

export interface SearchOptions {
  readonly budgetBytes: number;
  readonly deadline: Deadline;
  readonly writeCost: WriteCost;
  /** How far it is, 0 to 1. */
  readonly onProgress: (ratio: number, words: string) => void;
}
