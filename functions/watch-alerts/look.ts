/**
 * Looks at all there is, side by side; what cannot be seen is absent, and said in the log: the rest is seen all the same.
 *
 * Errors  none (total)
 */

import type { Sight } from '../../shared/monitoring/watching/observe.ts';

export type Looks = { readonly [Part in keyof Sight]-?: (() => Promise<Sight[Part]>) | undefined };

export function createLook(looks: Looks, log: (entry: object) => void): () => Promise<Sight> {
  return async () => {
    const parts = await Promise.all(
      Object.entries(looks).map(async ([part, look]) => {
        try {
          return [part, await look?.()] as const;
        } catch (error) {
          log({
            note: 'Something cannot be looked at',
            part,
            error: error instanceof Error ? error.message : String(error),
          });
          return [part, undefined] as const;
        }
      }),
    );
    return Object.fromEntries(parts);
  };
}
