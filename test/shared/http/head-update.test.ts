import { describe, expect, it } from 'vitest';
import { type Fields, fieldValue } from '../../../shared/http/fields.ts';
import { decideHeadUpdate } from '../../../shared/http/head-update.ts';

const MODIFIED = 'Mon, 21 Sep 2026 12:00:00 GMT';
const STORED: Fields = [
  ['etag', '"a"'],
  ['last-modified', MODIFIED],
  ['cache-control', 'max-age=60'],
  ['content-type', 'text/plain'],
  ['x-kept', '1'],
];

interface Given {
  readonly status?: number;
  readonly storedStatus?: number;
  readonly bodyBytes?: number | undefined;
}

const decide = (head: Fields, given: Given = {}) => {
  const { status = 200, storedStatus = 200 } = given;
  const bodyBytes = 'bodyBytes' in given ? given.bodyBytes : 5;
  return decideHeadUpdate({ status: storedStatus, fields: STORED, bodyBytes }, { status, fields: head });
};

describe('a HEAD that agrees (RFC 9111 §4.3.5)', () => {
  it('brings its fields into the stored response, but not those of the body', () => {
    const update = decide([
      ['etag', '"a"'],
      ['cache-control', 'max-age=3600'],
      ['content-type', 'text/html'],
      ['content-length', '5'],
    ]);
    const fields = update.kind === 'update' ? update.fields : [];
    expect(fieldValue(fields, 'cache-control')).toBe('max-age=3600');
    expect(fieldValue(fields, 'content-type')).toBe('text/plain');
    expect(fieldValue(fields, 'x-kept')).toBe('1');
  });

  it.each<[string, Fields]>([
    ['nothing to compare', []],
    ['the tag', [['etag', '"a"']]],
    ['the date', [['last-modified', MODIFIED]]],
    ['the length', [['content-length', '5']]],
    [
      'all',
      [
        ['etag', '"a"'],
        ['last-modified', MODIFIED],
        ['content-length', '5'],
      ],
    ],
  ])('by %s', (_, head) => {
    expect(decide(head).kind).toBe('update');
  });

  it('whatever its length where ours is of another coding', () => {
    expect(decide([['content-length', '9']], { bodyBytes: undefined }).kind).toBe('update');
  });
});

describe('a HEAD that speaks of another response makes the stored one stale', () => {
  it.each<[string, Fields]>([
    ['tag', [['etag', '"b"']]],
    ['weakness of the tag', [['etag', 'W/"a"']]],
    [
      'date',
      [
        ['etag', '"a"'],
        ['last-modified', 'Mon, 21 Sep 2026 12:00:01 GMT'],
      ],
    ],
    [
      'length',
      [
        ['etag', '"a"'],
        ['content-length', '6'],
      ],
    ],
  ])('by its %s', (_, head) => {
    expect(decide(head)).toEqual({ kind: 'outdated' });
  });

  it('so does a page where an error was stored', () => {
    expect(decide([['etag', '"a"']], { storedStatus: 404 })).toEqual({ kind: 'outdated' });
  });
});

it.each([204, 206, 301, 304, 404, 405, 500])('%d to HEAD says nothing of GET', status => {
  expect(decide([['etag', '"b"']], { status })).toEqual({ kind: 'nothing' });
});
