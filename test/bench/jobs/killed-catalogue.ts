/** The catalogue, scaled for consumers that are killed: a second for an attempt, so that nobody waits for long. */

import { CATALOGUE, type Catalogue } from '../../../shared/jobs/catalogue.ts';

export interface ConsumerSettings {
  readonly redis: { readonly url: string; readonly token: string };
  readonly aws: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  };
  readonly queueUrl: string;
  readonly databaseUrl: string;
  /** Of the attempts, how many end in SIGKILL. */
  readonly killRatio: number;
}

export const killedCatalogue: Catalogue = {
  ...CATALOGUE,
  notifications: { ...CATALOGUE.notifications, timeoutMs: 1_000, backoff: { baseMs: 1_000, capMs: 4_000 } },
};
