import { type Case, runCases } from './case.ts';

const FRESH = { 'cache-control': 'max-age=3600' };
const STALE = { 'cache-control': 'max-age=3600', age: '3600' };
const MODIFIED = 'Sun, 06 Nov 1994 08:49:37 GMT';

const answered = (name: string, etag: string, noneMatch: string, status: 200 | 304): Case => [
  `${name}: ${etag} for ${noneMatch}`,
  { origin: { headers: { ...FRESH, etag }, body: 'page' }, served: false },
  {
    asks: { headers: { 'if-none-match': noneMatch } },
    served: true,
    status,
    body: status === 304 ? '' : 'page',
  },
];

runCases('If-None-Match, answered here (RFC 9110 §13.1.2)', [
  answered('strong', '"a"', '"a"', 304),
  answered('another', '"a"', '"b"', 200),
  answered('in capitals', '"a"', '"A"', 200),
  answered('weak and weak', 'W/"a"', 'W/"a"', 304),
  answered('strong and weak', '"a"', 'W/"a"', 304),
  answered('weak and strong', 'W/"a"', '"a"', 304),
  answered('first in a list', '"a"', '"a", "b"', 304),
  answered('second in a list', '"a"', '"x", "a"', 304),
  answered('last in a list', '"a"', '"x", "y","a"', 304),
  answered('not in a list', '"a"', '"x", "y"', 200),
  answered('with a comma inside', '"a,b"', '"x", "a,b"', 304),
  answered('half of one with a comma', '"a,b"', '"a"', 200),
  answered('with a backslash at its end', '"a\\"', '"a\\"', 304),
  answered('empty', '""', '""', 304),
  answered('without quotes, as it went', 'abc', 'abc', 304),
  answered('without quotes, another', 'abc', 'abd', 200),
  answered('quotes that were not there', 'abc', '"abc"', 200),
  answered('quotes that got lost', '"abc"', 'abc', 200),
  answered('star', '"a"', '*', 304),
  answered('beyond ASCII', Buffer.from('"aü"', 'latin1').toString('latin1'), '"b"', 200),
  [
    'a 304 brings what a 200 would, without the description of a body',
    {
      origin: {
        headers: {
          ...FRESH,
          etag: '"a"',
          vary: 'X',
          'content-location': '/b',
          'content-type': 'a/b',
          date: MODIFIED,
        },
        body: 'page',
      },
    },
    {
      asks: { headers: { 'if-none-match': '"a"' } },
      status: 304,
      fields: {
        ...{ etag: '"a"', vary: 'X', 'content-location': '/b', date: MODIFIED },
        ...{ 'cache-control': 'max-age=3600', 'content-type': undefined },
      },
    },
  ],
  [
    'a date beside it is not looked at',
    { origin: { headers: { ...FRESH, etag: '"a"', 'last-modified': MODIFIED }, body: 'page' } },
    {
      asks: { headers: { 'if-none-match': '"b"', 'if-modified-since': MODIFIED } },
      served: true,
      status: 200,
    },
    { asks: { headers: { 'if-none-match': '"a"', 'if-modified-since': 'x' } }, served: true, status: 304 },
  ],
]);

const since = (name: string, date: string, status: 200 | 304, headers: Record<string, string> = {}): Case => [
  name,
  { origin: { headers: { ...FRESH, 'last-modified': MODIFIED, ...headers }, body: 'page' } },
  { asks: { headers: { 'if-modified-since': date } }, served: true, status },
];

runCases('If-Modified-Since, answered here (RFC 9110 §13.1.3)', [
  since('the same date', MODIFIED, 304),
  since('a later date', 'Sun, 06 Nov 1994 08:49:38 GMT', 304),
  since('an earlier date', 'Sun, 06 Nov 1994 08:49:36 GMT', 200),
  since('as RFC 850 wrote it', 'Sunday, 06-Nov-94 08:49:37 GMT', 304),
  since('as asctime wrote it', 'Sun Nov  6 08:49:37 1994', 304),
  since('no date', 'yesterday', 200),
  since('another zone', 'Sun, 06 Nov 1994 08:49:37 UTC', 200),
  [
    'Date stands in for a missing Last-Modified',
    { origin: { headers: { ...FRESH, date: MODIFIED }, body: 'page' } },
    { asks: { headers: { 'if-modified-since': MODIFIED } }, served: true, status: 304 },
  ],
]);

const revalidated = (name: string, headers: Record<string, string>, sends: Record<string, unknown>): Case => [
  name,
  { origin: { headers: { ...STALE, ...headers }, body: 'page' } },
  {
    origin: { status: 304, headers: { ...FRESH, ...headers } },
    served: false,
    status: 200,
    body: 'page',
    sends,
  },
  { served: true, body: 'page' },
];

runCases('conditions of our own (RFC 9111 §4.3.1)', [
  revalidated('a tag', { etag: '"a"' }, { 'if-none-match': '"a"' }),
  revalidated('a weak tag', { etag: 'W/"a"' }, { 'if-none-match': 'W/"a"' }),
  revalidated('a tag without quotes', { etag: 'abc' }, { 'if-none-match': 'abc' }),
  revalidated('no tag at all', { etag: '"a', 'last-modified': MODIFIED }, { 'if-none-match': undefined }),
  revalidated('a date', { 'last-modified': MODIFIED }, { 'if-modified-since': MODIFIED }),
  revalidated(
    'both',
    { etag: '"a"', 'last-modified': MODIFIED },
    { 'if-none-match': '"a"', 'if-modified-since': MODIFIED },
  ),
  [
    'a client’s own condition is answered by what the origin says of ours',
    { origin: { headers: { ...STALE, etag: '"a"' }, body: 'page' } },
    {
      asks: { headers: { 'if-none-match': '"b"' } },
      origin: { status: 304, headers: { ...FRESH, etag: '"a"' } },
      served: false,
      status: 200,
      body: 'page',
    },
  ],
  [
    'what the client has is confirmed by a 304, and stored',
    { origin: { headers: { ...STALE, etag: '"a"' }, body: 'page' } },
    {
      asks: { headers: { 'if-none-match': '"a"' } },
      origin: { status: 304, headers: { ...FRESH, etag: '"a"' } },
      status: 304,
    },
    { served: true, status: 200, body: 'page' },
  ],
  [
    'a new page is sent to a client that has the old one',
    { origin: { headers: { ...STALE, etag: '"a"' }, body: 'page' } },
    {
      asks: { headers: { 'if-none-match': '"a"' } },
      origin: { headers: { ...FRESH, etag: '"b"' }, body: 'new' },
      status: 200,
      body: 'new',
    },
    { asks: { headers: { 'if-none-match': '"b"' } }, served: true, status: 304 },
  ],
  [
    'the fields that Vary names go along',
    {
      asks: { headers: { 'x-shop': 'at' } },
      origin: { headers: { ...STALE, etag: '"a"', vary: 'X-Shop' }, body: 'page' },
    },
    {
      asks: { headers: { 'x-shop': 'at' } },
      served: false,
      sends: { 'x-shop': 'at', 'if-none-match': '"a"' },
    },
  ],
  [
    'another variant’s tag is not asked about as one’s own',
    {
      asks: { headers: { 'x-shop': 'at' } },
      origin: { headers: { ...STALE, etag: '"a"', vary: 'X-Shop' }, body: 'page' },
    },
    { asks: { headers: { 'x-shop': 'de' } }, served: false, sends: { 'if-none-match': undefined } },
  ],
]);
