import { type Case, runCases } from './case.ts';

const FRESH = { 'cache-control': 'max-age=3600' };
type Asks = Readonly<Record<string, string | string[]>>;

const varying = (name: string, vary: string | string[], first: Asks, second: Asks, served: boolean): Case => [
  name,
  { asks: { headers: first }, origin: { headers: { ...FRESH, vary }, body: 'page' }, served: false },
  { asks: { headers: second }, served },
];

runCases('Vary (RFC 9111 §4.1)', [
  varying('the same value', 'Foo', { foo: '1' }, { foo: '1' }, true),
  varying('another value', 'Foo', { foo: '1' }, { foo: '2' }, false),
  varying('in other letters', 'FOO', { foo: '1' }, { Foo: '1' }, true),
  varying('absent, then there', 'Foo', {}, { foo: '1' }, false),
  varying('there, then absent', 'Foo', { foo: '1' }, {}, false),
  varying('absent twice', 'Foo', {}, {}, true),
  varying('empty is not absent', 'Foo', { foo: '' }, {}, false),
  varying('two, both alike', 'Foo, Bar', { foo: '1', bar: 'a' }, { foo: '1', bar: 'a' }, true),
  varying('two, the second different', 'Foo, Bar', { foo: '1', bar: 'a' }, { foo: '1', bar: 'b' }, false),
  varying('two, the second absent', 'Foo, Bar', { foo: '1', bar: 'a' }, { foo: '1' }, false),
  varying('two lines', ['Foo', 'Bar'], { foo: '1', bar: 'a' }, { foo: '1', bar: 'b' }, false),
  varying(
    'three lines, all alike',
    ['Foo', 'Bar', 'Baz'],
    { foo: '1', bar: '2', baz: '3' },
    { baz: '3', foo: '1', bar: '2' },
    true,
  ),
  varying('empty members', ', Foo, ,', { foo: '1' }, { foo: '2' }, false),
  varying('empty', '', {}, {}, true),
  varying('a field sent on two lines', 'Foo', { foo: ['1', '2'] }, { foo: '1, 2' }, true),
  ...['*', ' *', '*, *', 'Foo, *', '*, Foo', ', *', 'Foo Bar'].map(vary =>
    varying(`${vary} matches nothing`, vary, { foo: '1' }, { foo: '1' }, false),
  ),
  varying('a star on the second line', ['Foo', '*'], { foo: '1' }, { foo: '1' }, false),
  varying('a hash is no star', 'Foo', { foo: '*' }, { foo: '*' }, true),
  [
    'each value has its page, and keeps it',
    {
      asks: { headers: { foo: '1' } },
      origin: { headers: { ...FRESH, vary: 'Foo' }, body: 'one' },
      served: false,
    },
    {
      asks: { headers: { foo: '2' } },
      origin: { headers: { ...FRESH, vary: 'Foo' }, body: 'two' },
      served: false,
    },
    { asks: { headers: { foo: '1' } }, served: true, body: 'one' },
    { asks: { headers: { foo: '2' } }, served: true, body: 'two' },
  ],
  [
    'a change takes all of them',
    { asks: { headers: { foo: '1' } }, origin: { headers: { ...FRESH, vary: 'Foo' } }, served: false },
    { asks: { headers: { foo: '2' } }, served: false },
    { asks: { method: 'POST' } },
    { asks: { headers: { foo: '1' } }, served: false },
    { asks: { headers: { foo: '2' } }, served: false },
  ],
]);

const language = (first: string, second: string, served: boolean): Case =>
  varying(
    `Accept-Language: ${first} | ${second}`,
    'Accept-Language',
    { 'accept-language': first },
    { 'accept-language': second },
    served,
  );
const encoding = (first: string, second: string, served: boolean): Case =>
  varying(
    `Accept-Encoding: ${first} | ${second}`,
    'Accept-Encoding',
    { 'accept-encoding': first },
    { 'accept-encoding': second },
    served,
  );

runCases('Vary by values that mean the same (RFC 9111 §4.1)', [
  language('en, de', 'en,de', true),
  language('EN, de', 'en, DE', true),
  language('en;q=0.5, de', 'en; q=0.5 ,de', true),
  language('en, de', 'de, en', false),
  language('en', 'de', false),
  language('de, en;q=0.5', 'en;q=0.5, de', true),
  language('de;q=1.0, en;q=0.50', 'de, en;q=0.5', true),
  encoding('gzip', 'gzip, x-odd', true),
  encoding('gzip, br', 'br;q=0.9, gzip', true),
  encoding('gzip', 'br', false),
  encoding('gzip', 'identity', false),
]);
