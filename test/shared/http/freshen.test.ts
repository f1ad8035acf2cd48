import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Fields, fieldValue } from '../../../shared/http/fields.ts';
import { freshen, isFreshenedBy } from '../../../shared/http/freshen.ts';

const STORED: Fields = [
  ['content-type', 'text/html'],
  ['content-length', '5'],
  ['content-encoding', 'br'],
  ['cache-control', 'max-age=60'],
  ['x-old', '1'],
  ['link', '</a>'],
  ['link', '</b>'],
];

describe('freshen (RFC 9111 §3.2)', () => {
  it('replaces every line of the fields that came, keeps the others', () => {
    const updated = freshen(STORED, [
      ['cache-control', 'max-age=5'],
      ['link', '</c>'],
      ['x-new', '2'],
      ['x-new', '3'],
    ]);
    expect(fieldValue(updated, 'cache-control')).toBe('max-age=5');
    expect(fieldValue(updated, 'link')).toBe('</c>');
    expect(fieldValue(updated, 'x-new')).toBe('2, 3');
    expect(fieldValue(updated, 'x-old')).toBe('1');
  });

  it('keeps what describes the stored bytes', () => {
    const lies: Fields = [
      ['content-length', '0'],
      ['content-type', 'text/plain'],
      ['content-encoding', 'gzip'],
      ['content-range', 'bytes 0-1/5'],
    ];
    expect(freshen(STORED, lies)).toEqual(STORED);
  });

  it('never takes a cookie, nor what belongs to the connection', () => {
    const personal: Fields = [
      ['set-cookie', 'session=1'],
      ['connection', 'x-hop, x-old'],
      ['x-hop', '1'],
      ['keep-alive', 'timeout=5'],
      ['proxy-authenticate', 'Basic'],
      ['transfer-encoding', 'chunked'],
    ];
    expect(freshen(STORED, personal)).toEqual(STORED);
  });

  it('keeps out what the response withholds from shared caches, whoever of the two says so', () => {
    const withholds = ['cache-control', 'max-age=60, private="x-user"'] as const;
    const user = ['x-user', 'me'] as const;
    expect(freshen([withholds], [user])).toEqual([withholds]);
    expect(freshen([user], [withholds])).toEqual([withholds]);
  });

  it('updates other metadata, also of the content- family', () => {
    expect(fieldValue(freshen(STORED, [['content-security-policy', 'x']]), 'content-security-policy')).toBe(
      'x',
    );
    expect(fieldValue(freshen(STORED, [['content-language', 'de']]), 'content-language')).toBe('de');
  });

  it('takes the moment from the 304, never from the stored response', () => {
    const stored: Fields = [
      ['age', '500'],
      ['date', 'Mon, 21 Sep 2026 10:00:00 GMT'],
    ];
    expect(freshen(stored, [])).toEqual([]);
    const now: Fields = [
      ['age', '3'],
      ['date', 'Mon, 21 Sep 2026 12:00:00 GMT'],
    ];
    expect(freshen(stored, now)).toEqual(now);
  });

  it('never makes a weak tag strong, since the stored bytes may be compressed ones', () => {
    expect(freshen([['etag', 'W/"a"']], [['etag', '"a"']])).toEqual([['etag', 'W/"a"']]);
    expect(freshen([['etag', '"a"']], [['etag', 'W/"a"']])).toEqual([['etag', 'W/"a"']]);
  });

  it('takes a new tag of the same strength', () => {
    expect(freshen([['etag', '"b"']], [['etag', '"a"']])).toEqual([['etag', '"a"']]);
  });

  it('changes nothing the second time', () => {
    const names = fc.constantFrom('a', 'b', 'content-length', 'set-cookie', 'cache-control');
    const anyFields = fc.array(fc.tuple(names, fc.string()));
    fc.assert(
      fc.property(anyFields, anyFields, (stored, notModified) => {
        const once = freshen(stored, notModified);
        expect(freshen(once, notModified)).toEqual(once);
        expect(fieldValue(once, 'content-length')).toBe(fieldValue(stored, 'content-length'));
      }),
    );
  });
});

describe('isFreshenedBy (§4.3.4)', () => {
  const A: Fields = [
    ['etag', '"a"'],
    ['last-modified', 'Mon, 21 Sep 2026 12:00:00 GMT'],
  ];
  const WEAK_A: Fields = [['etag', 'W/"a"']];

  it.each([
    ['the same strong tag', A, [['etag', '"a"']], true],
    ['another strong tag', A, [['etag', '"b"']], false],
    ['the strong tag for the weak one, as nginx answers', WEAK_A, [['etag', '"a"']], true],
    ['a weak tag for the strong one', A, [['etag', 'W/"a"']], true],
    ['another weak tag', A, [['etag', 'W/"b"']], false],
    ['a tag where none is stored', [], [['etag', '"a"']], false],
    ['no validator', A, [], true],
    ['no usable validator', A, [['etag', 'unquoted']], true],
    ['the same Last-Modified', A, [['last-modified', 'Mon, 21 Sep 2026 12:00:00 GMT']], true],
    ['another Last-Modified', A, [['last-modified', 'Mon, 21 Sep 2026 12:00:01 GMT']], true],
    [
      'another tag beside the same Last-Modified',
      A,
      [
        ['etag', '"b"'],
        ['last-modified', 'Mon, 21 Sep 2026 12:00:00 GMT'],
      ],
      false,
    ],
    [
      'a Last-Modified where none is stored',
      WEAK_A,
      [['last-modified', 'Mon, 21 Sep 2026 12:00:01 GMT']],
      true,
    ],
  ] as [string, Fields, Fields, boolean][])('%s', (_, stored, notModified, expected) => {
    expect(isFreshenedBy(stored, notModified)).toBe(expected);
  });
});
