/**
 * Sources by their names: a key is the store's, an address is another host's.
 */
import { isRemote } from '../../../shared/images/request/source-key.ts';
import type { SourceStore } from '../../../shared/images/stores.ts';

export interface Places {
  readonly own: SourceStore;
  readonly remote: SourceStore;
}

export function createAnySource({ own, remote }: Places) {
  const placeOf = (source: string) => (isRemote(source) ? remote : own);
  return {
    stat: source => placeOf(source).stat(source),
    read: (source, maxBytes) => placeOf(source).read(source, maxBytes),
  } satisfies SourceStore;
}
