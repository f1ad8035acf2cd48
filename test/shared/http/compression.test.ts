import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COMPRESSION_DEFAULTS,
  type CompressionOptions,
  compressedFields,
  decideCompression,
  isWorthKeeping,
  varyByEncoding,
} from '../../../shared/http/compression.ts';
import { type Fields, fieldValue, withFields } from '../../../shared/http/fields.ts';

const HTML: Fields = [['content-type', 'text/html; charset=utf-8']];

interface Given {
  readonly accept?: string | undefined;
  readonly request?: Fields;
  readonly status?: number;
  readonly bodyBytes?: number;
  readonly options?: CompressionOptions;
}

/** The coding, or why not. */
function outcome(fields: Fields, given: Given = {}): string {
  const {
    accept = 'gzip, deflate, br, zstd',
    request = [],
    status = 200,
    bodyBytes = 10_000,
    options,
  } = given;
  const requestFields: Fields = [...request, ['accept-encoding', accept]];
  const decision = decideCompression({ requestFields, status, fields, bodyBytes }, options);
  return decision.compress ? decision.coding : decision.why;
}

describe('the coding (RFC 9110 §12.5.3)', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, zstd', 'zstd'],
    ['gzip', 'gzip'],
    ['x-gzip', 'gzip'],
    ['br;q=0, *', 'zstd'],
    ['br;q=0.1, gzip', 'br'],
    ['identity', 'not-accepted'],
    ['deflate', 'not-accepted'],
    ['', 'not-accepted'],
    ['*;q=0', 'not-accepted'],
  ])('Accept-Encoding %j: %s', (accept, expected) => {
    expect(outcome(HTML, { accept })).toBe(expected);
  });

  it('a client that says nothing gets the body as it is: it may be no browser', () => {
    const decision = decideCompression({ requestFields: [], status: 200, fields: HTML, bodyBytes: 10_000 });
    expect(decision).toEqual({ compress: false, why: 'not-accepted' });
  });

  it('is one there is a codec for', () => {
    const options = { ...COMPRESSION_DEFAULTS, codings: ['gzip'] } as const;
    expect(outcome(HTML, { options })).toBe('gzip');
    expect(outcome(HTML, { options, accept: 'br' })).toBe('not-accepted');
  });
});

describe('the content', () => {
  it('is of a type that shrinks', () => {
    expect(outcome([['content-type', 'image/png']])).toBe('type');
    expect(outcome([])).toBe('type');
  });

  it.each([
    [1_023, 'size'],
    [1_024, 'br'],
    [2 * 1024 * 1024, 'br'],
    [2 * 1024 * 1024 + 1, 'size'],
  ])('of %d bytes: %s', (bodyBytes, expected) => {
    expect(outcome(HTML, { bodyBytes })).toBe(expected);
  });
});

describe('the form', () => {
  it.each(['gzip', 'br', 'GZIP', 'aws-chunked', 'identity, gzip'])('Content-Encoding %s stays', coding => {
    expect(outcome([...HTML, ['content-encoding', coding]])).toBe('encoded');
  });

  it.each(['', 'identity'])('Content-Encoding %j is none', coding => {
    expect(outcome([...HTML, ['content-encoding', coding]])).toBe('br');
  });

  it.each([204, 205, 206, 304])('%d has no whole content to compress', status => {
    expect(outcome(HTML, { status })).toBe('status');
  });

  it('an error has', () => {
    expect(outcome(HTML, { status: 404 })).toBe('br');
  });

  it('a part has not, whatever its status', () => {
    expect(outcome([...HTML, ['content-range', 'bytes 0-1/2']])).toBe('status');
  });

  it('no-transform holds from either side and in any field (RFC 9110 §7.7)', () => {
    expect(outcome([...HTML, ['cache-control', 'max-age=60, No-Transform']])).toBe('no-transform');
    expect(outcome(HTML, { request: [['cache-control', 'no-transform']] })).toBe('no-transform');
    expect(outcome([...HTML, ['cdn-cache-control', 'no-transform']])).toBe('no-transform');
    expect(outcome([...HTML, ['cache-control', 'no-transform'], ['cdn-cache-control', 'max-age=60']])).toBe(
      'no-transform',
    );
  });

  it.each(['content-md5', 'content-digest', 'repr-digest', 'digest'])('%s would no longer be true', name => {
    expect(outcome([...HTML, [name, 'x']])).toBe('digest');
  });
});

describe('the outcome', () => {
  it.each([
    [10_000, 9_999, true],
    [10_000, 10_000, false],
    [10_000, 10_001, false],
    [10_000, 100, true],
    [10_000, 99, false],
    [10_000, 0, false],
  ])('%d bytes in %d is worth keeping: %s', (before, after, expected) => {
    expect(isWorthKeeping(before, after)).toBe(expected);
  });

  it('says its coding, what chose it, and is another representation', () => {
    const fields = compressedFields([...HTML, ['etag', '"a"'], ['vary', 'Accept']], 'br');
    expect(fieldValue(fields, 'content-encoding')).toBe('br');
    expect(fieldValue(fields, 'vary')).toBe('Accept, Accept-Encoding');
    expect(fieldValue(fields, 'etag')).toBe('"a~hr-br"');
    expect(fieldValue(fields, 'content-type')).toBe('text/html; charset=utf-8');
  });

  it('can be said again after a 304 brought the origin’s fields back', () => {
    const fields = compressedFields([...HTML, ['etag', '"a"']], 'gzip');
    expect(compressedFields(fields, 'gzip')).toEqual(fields);
    const freshened = withFields(fields, [
      ['etag', '"a"'],
      ['vary', 'Accept'],
    ]);
    expect(fieldValue(compressedFields(freshened, 'gzip'), 'etag')).toBe('"a~hr-gzip"');
    expect(fieldValue(compressedFields(freshened, 'gzip'), 'vary')).toBe('Accept, Accept-Encoding');
  });

  it.each(['*', 'accept-encoding', 'Accept, ACCEPT-ENCODING'])('Vary: %s already says it', vary => {
    expect(varyByEncoding([['vary', vary]])).toEqual([['vary', vary]]);
  });
});

it('never compresses for a client what it does not take', () => {
  const member = fc.tuple(
    fc.constantFrom('br', 'gzip', 'zstd', 'identity', 'deflate'),
    fc.constantFrom('', ';q=0', ';q=0.5'),
  );
  fc.assert(
    fc.property(fc.uniqueArray(member, { selector: ([name]) => name }), members => {
      const chosen = outcome(HTML, { accept: members.map(parts => parts.join('')).join(', ') });
      const taken = members.filter(([, weight]) => weight !== ';q=0').map(([name]) => name as string);
      expect([...taken, 'not-accepted']).toContain(chosen);
    }),
  );
});
