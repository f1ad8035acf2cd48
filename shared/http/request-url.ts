/**
 * The parts of a request's URL, as the platform's parser has them. Nearly every URL is plain: its parser would change
 * nothing in it, so it is cut up as text; every other one is given to the parser. Both are remembered for a while.
 *
 * Shape   'http://host/a?b' -> { protocol, host, origin, pathname, search }
 * Errors  throws what `new URL()` throws; a request has a URL that it takes
 * Source  WHATWG URL §4.4: percent-encode sets, dot segments, empty queries
 */

import { rememberByText } from '../primitives/remember.ts';

export type RequestUrl = Readonly<Pick<URL, 'protocol' | 'host' | 'origin' | 'pathname' | 'search'>> & {
  /** All programs read its path and query alike; absent where that is not known. */
  readonly isPlain?: true;
};

/** Those of busy pages come again and again. */
export const parseRequestUrl = rememberByText((text): RequestUrl => {
  if (!isPlainUrl(text)) return new URL(text);
  const pathAt = text.indexOf('/', SCHEME_LENGTH);
  const queryAt = text.indexOf('?', pathAt);
  const pathEnd = queryAt < 0 ? text.length : queryAt;
  const { protocol, host, origin } = authorityOf(text.slice(0, pathAt));
  const pathname = text.slice(pathAt, pathEnd);
  const search = text.length - pathEnd > 1 ? text.slice(pathEnd) : '';
  return { protocol, host, origin, pathname, search, isPlain: true };
});

/** Of such a URL's path and query the parser changes nothing, and all programs read them alike. */
export const isPlainUrl = rememberByText(text => PLAIN_URL.test(text) && !text.includes('/.'));

const SCHEME_LENGTH = 'https://'.length;
const PLAIN_URL = /^https?:\/\/[^/?#\\]+\/[\w~!$&()*+,;=:@?/.-]*$/;

/** An isolate serves few hosts, and to read one takes a real parser: case, default ports, addresses, punycode. */
const authorityOf = rememberByText(text => new URL(text));
