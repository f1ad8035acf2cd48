import { type Case, inSeconds, runCases, twice } from './case.ts';

const FRESH = { 'cache-control': 'max-age=3600' };
const PAGE = { headers: FRESH, body: 'page' };

runCases('response directives (RFC 9111 §5.2.2)', [
  twice('no-store', { 'cache-control': 'no-store' }, false),
  twice('no-store beside max-age', { 'cache-control': 'no-store, max-age=3600' }, false),
  twice('No-StOrE', { 'cache-control': 'No-StOrE, max-age=3600' }, false),
  twice('no-store with an argument', { 'cache-control': 'max-age=3600, no-store="x"' }, false),
  twice('no-store on a second line', { 'cache-control': ['max-age=3600', 'no-store'] }, false),
  twice('no-store behind a forgotten comma', { 'cache-control': 'max-age=3600 no-store' }, false),
  twice('private', { 'cache-control': 'private, max-age=3600' }, false),
  twice('private after s-maxage', { 'cache-control': 's-maxage=3600, private' }, false),
  twice('no-cache', { 'cache-control': 'no-cache, max-age=3600' }, false),
  twice('no-cache alone, with a tag', { 'cache-control': 'no-cache', etag: '"a"' }, false),
  twice('no-cache beside Expires', { 'cache-control': 'no-cache', expires: inSeconds(3600) }, false),
  twice('public', { 'cache-control': 'public, max-age=3600' }, true),
  twice('must-revalidate, fresh', { 'cache-control': 'max-age=3600, must-revalidate' }, true),
  twice('proxy-revalidate, fresh', { 'cache-control': 'max-age=3600, proxy-revalidate' }, true),
  twice('immutable', { 'cache-control': 'max-age=3600, immutable' }, true),
  twice('no-transform', { 'cache-control': 'max-age=3600, no-transform' }, true),
  twice(
    'must-understand of a known status',
    { 'cache-control': 'max-age=3600, must-understand, no-store' },
    true,
  ),
  [
    'must-understand of an unknown status',
    { origin: { status: 299, headers: { 'cache-control': 'max-age=3600, must-understand' } }, served: false },
    { served: false },
  ],
  twice('Pragma: no-cache means nothing', { ...FRESH, pragma: 'no-cache' }, true),
  twice('an unknown directive', { 'cache-control': 'max-age=3600, community="UCI"' }, true),
]);

const withheld = (directive: string): Case => [
  `${directive} keeps its field for the first client, and the rest is for all`,
  {
    origin: {
      headers: { 'cache-control': `max-age=3600, ${directive}`, 'x-own': '1', 'x-all': '2' },
      body: 'page',
    },
    served: false,
    fields: { 'x-own': '1' },
  },
  { served: true, body: 'page', fields: { 'x-own': undefined, 'x-all': '2' } },
];

runCases('qualified directives (RFC 9111 §5.2.2.4, §5.2.2.7)', [
  withheld('no-cache="x-own"'),
  withheld('no-cache="foo, X-Own"'),
  withheld('private="x-own"'),
  withheld('private=x-own'),
]);

const asks = (directives: string) => ({ headers: { 'cache-control': directives } });
const aged = (age: number) => ({ ...FRESH, age: String(age) });

runCases('request directives (RFC 9111 §5.2.1)', [
  twice('no-cache', FRESH, false, asks('no-cache')),
  twice('NO-CACHE', FRESH, false, asks('NO-CACHE')),
  twice('max-age=0', FRESH, false, asks('max-age=0')),
  twice('an unknown directive', FRESH, true, asks('nothing-to-see-here')),
  twice(
    'max-age=0 of what is immutable',
    { 'cache-control': 'max-age=3600, immutable' },
    true,
    asks('max-age=0'),
  ),
  twice(
    'no-cache of what is immutable',
    { 'cache-control': 'max-age=3600, immutable' },
    false,
    asks('no-cache'),
  ),
  twice('max-age smaller than the age', aged(1800), false, asks('max-age=600')),
  twice('max-age larger than the age', aged(600), true, asks('max-age=1800')),
  twice('min-fresh larger than what is left', aged(1800), false, asks('min-fresh=2400')),
  twice('min-fresh smaller than what is left', aged(1800), true, asks('min-fresh=600')),
  twice('max-stale takes what is stale', { ...aged(3700), etag: '"a"' }, true, asks('max-stale=1000')),
  twice('max-stale without a number takes it, too', { ...aged(4000), etag: '"a"' }, true, asks('max-stale')),
  twice('max-stale smaller than the staleness', { ...aged(4600), etag: '"a"' }, false, asks('max-stale=60')),
  twice(
    'max-stale does not take under must-revalidate',
    { 'cache-control': 'max-age=3600, must-revalidate', age: '3700', etag: '"a"' },
    false,
    asks('max-stale=1000'),
  ),
  twice('no-store may be answered from the cache', FRESH, true, asks('no-store')),
  [
    'no-store is not answered into the cache',
    { asks: asks('no-store'), origin: PAGE, served: false },
    { served: false },
  ],
  twice('only-if-cached, fresh', FRESH, true, asks('only-if-cached')),
  ['only-if-cached of nothing', { asks: asks('only-if-cached'), origin: PAGE, served: true, status: 504 }],
  [
    'only-if-cached of something stale',
    { origin: { headers: { ...aged(7300), etag: '"a"' } } },
    { asks: asks('only-if-cached'), served: true, status: 504 },
  ],
  twice('Pragma: no-cache', FRESH, false, { headers: { pragma: 'no-cache' } }),
  twice('Pragma: no-cache beside Cache-Control', FRESH, true, {
    headers: { pragma: 'no-cache', 'cache-control': 'max-age=3600' },
  }),
  twice('Pragma of another kind', FRESH, true, { headers: { pragma: 'foo' } }),
]);

const authorized = (name: string, directives: string, served: boolean): Case => [
  name,
  {
    asks: { headers: { authorization: 'Bearer a' } },
    origin: { headers: { 'cache-control': directives } },
    served: false,
  },
  { asks: { headers: { authorization: 'Bearer a' } }, served },
];

runCases('Authorization (RFC 9111 §3.5)', [
  authorized('without consent', 'max-age=3600', false),
  authorized('public', 'max-age=3600, public', true),
  authorized('s-maxage', 's-maxage=3600', true),
  authorized('must-revalidate', 'max-age=3600, must-revalidate', true),
  authorized('s-maxage=0 is no consent', 'max-age=3600, s-maxage=0', false),
  authorized('a quoted "public" is no consent', 'max-age=3600, foo="public"', false),
]);

const targeted = (field: string, value: string, served: boolean, others: Record<string, string> = {}) =>
  twice(`${field}: ${value} | ${Object.values(others).join(' ')}`, { [field]: value, ...others }, served);
const none = { 'cache-control': 'no-store' };

runCases('targeted fields (RFC 9213)', [
  ...['cdn-cache-control', 'headrace-cache-control'].flatMap(field => [
    targeted(field, 'max-age=3600', true),
    targeted(field, 'max-age=3600', true, none),
    targeted(field, 'max-age=0', false, FRESH),
    targeted(field, 'max-age=10000', true, { expires: '0' }),
    targeted(field, 'no-store', false, FRESH),
    targeted(field, 'private', false, FRESH),
    targeted(field, 'no-cache', false, FRESH),
    targeted(field, 's-maxage=3600, max-age=0', true),
    targeted(field, '', true, FRESH),
    targeted(field, 'max-age=3600, &&&', false),
    targeted(field, 'max-age=0, &&&', true, FRESH),
    targeted(field, 'max-age="3600"', false),
    targeted(field, 'max-age=3600.0', false),
    targeted(field, 'max-age=-3600', false),
    targeted(field, 'MAX-AGE=3600', false),
    targeted(field, 'foo, max-age=3600;a=b', true),
    targeted(field, 'max-age=0, max-age=3600', true),
    targeted(field, 'no-store=?0, max-age=3600', true),
    targeted(field, 'max-age=3600,', false),
  ]),
  [
    'travels on to the client',
    {
      origin: { headers: { 'cdn-cache-control': 'max-age=3600' } },
      fields: { 'cdn-cache-control': 'max-age=3600' },
    },
    { served: true, fields: { 'cdn-cache-control': 'max-age=3600' } },
  ],
  twice(
    'Headrace’s own before every CDN’s',
    { 'headrace-cache-control': 'max-age=3600', 'cdn-cache-control': 'no-store' },
    true,
  ),
  twice('Surrogate-Control means nothing here', { 'surrogate-control': 'max-age=3600' }, false),
]);
