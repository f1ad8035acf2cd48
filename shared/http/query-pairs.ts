/**
 * A query as the list of its parameters, each with its text untouched, and back.
 *
 * Shape   '?b=2&a' <-> [{ name: 'b', text: 'b=2' }, { name: 'a', text: 'a' }]
 * Errors  none (total)
 */

export interface QueryPair {
  /** What parameters are told apart by. */
  readonly name: string;
  readonly text: string;
}

export function splitQuery(search: string): readonly QueryPair[] {
  if (search.length < 2) return [];
  return search
    .slice(1)
    .split('&')
    .map(text => ({ name: text.split('=', 1)[0] ?? '', text }));
}

/** A query without text is none. */
export function joinQuery(pairs: readonly QueryPair[]): string {
  const text = pairs.map(pair => pair.text).join('&');
  return text === '' ? '' : `?${text}`;
}

/** Parameters of one name keep their order, which may mean something. */
export function sortByName(pairs: readonly QueryPair[]): readonly QueryPair[] {
  return pairs.toSorted((one, other) => (one.name < other.name ? -1 : Number(one.name > other.name)));
}
