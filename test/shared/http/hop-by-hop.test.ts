import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../../shared/http/fields.ts';
import { withoutHopByHop } from '../../../shared/http/hop-by-hop.ts';

const namesOf = (fields: Fields) => withoutHopByHop(fields).map(([name]) => name);

describe('withoutHopByHop (RFC 9110 §7.6.1)', () => {
  it.each([
    'connection',
    'http2-settings',
    'keep-alive',
    'proxy-authenticate',
    'proxy-authentication-info',
    'proxy-authorization',
    'proxy-connection',
    'te',
    'trailer',
    'transfer-encoding',
    'upgrade',
  ])('removes %s', name => {
    expect(
      namesOf([
        [name, 'x'],
        ['x-a', '1'],
      ]),
    ).toEqual(['x-a']);
  });

  it('removes what Connection names, on any of its lines, in any case', () => {
    const fields: Fields = [
      ['connection', 'close, X-A ,, x-b'],
      ['connection', 'x-c'],
      ['x-a', '1'],
      ['x-b', '2'],
      ['x-c', '3'],
      ['x-d', '4'],
    ];
    expect(namesOf(fields)).toEqual(['x-d']);
  });

  it.each([
    'age',
    'authorization',
    'cache-control',
    'cache-tag',
    'cdn-cache-control',
    'cdn-loop',
    'content-encoding',
    'content-length',
    'cookie',
    'date',
    'etag',
    'expires',
    'forwarded',
    'host',
    'if-none-match',
    'last-modified',
    'location',
    'pragma',
    'range',
    'set-cookie',
    'surrogate-control',
    'surrogate-key',
    'vary',
    'via',
    'x-forwarded-for',
  ])('does not let Connection remove %s, which is meant end to end', name => {
    expect(
      namesOf([
        ['connection', name],
        [name, '1'],
      ]),
    ).toEqual([name]);
  });

  it('keeps Proxy-Status, which is end to end (RFC 9209)', () => {
    expect(namesOf([['proxy-status', 'p']])).toEqual(['proxy-status']);
  });

  it('never throws, and leaves nothing to remove', () => {
    const anyFields = fc.array(fc.tuple(fc.constantFrom('connection', 'x-a', 'te', 'vary'), fc.string()));
    fc.assert(
      fc.property(anyFields, fields => {
        expect(withoutHopByHop(withoutHopByHop(fields))).toEqual(withoutHopByHop(fields));
      }),
    );
  });
});
