/**
 * What of a request's Cache-Control RFCs define: it is passed on although it is not in the key, so no word of a client's own
 * may be in it.
 *
 * Shape   Cache-Control -> Cache-Control, '' where nothing is left
 * Errors  none (total)
 * Source  RFC 9111 §5.2, §5.2.1; RFC 5861 §4
 */
import { rememberByText } from '../primitives/remember.ts';
import { splitList } from './grammar.ts';

export const plainDirectives = rememberByText((value): string =>
  splitList(value)
    .filter(member => WORD.test(member) || SECONDS.test(member))
    .join(', '),
);

/** What belongs in responses some clients send, too. */
const WORD =
  /^(?:immutable|max-stale|must-(?:revalidate|understand)|no-(?:cache|store|transform)|only-if-cached|private|proxy-revalidate|public)$/i;
const SECONDS =
  /^(?:max-age|max-stale|min-fresh|s-maxage|stale-if-error|stale-while-revalidate)=(?:\d{1,10}|"\d{1,10}")$/i;
