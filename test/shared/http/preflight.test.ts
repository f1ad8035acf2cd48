import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Field, Fields } from '../../../shared/http/fields.ts';
import { parsePreflight, preflightKey, preflightTtlSeconds } from '../../../shared/http/preflight.ts';

const ASKED: Fields = [
  ['origin', 'https://app.example'],
  ['access-control-request-method', 'PUT'],
  ['access-control-request-headers', 'X-B, content-type,x-b'],
];
const without = (name: string) => ASKED.filter(([given]) => given !== name);

describe('parsePreflight (Fetch §3.3.2)', () => {
  it('is the question a browser asks', () => {
    expect(parsePreflight('OPTIONS', ASKED)).toEqual({
      origin: 'https://app.example',
      method: 'PUT',
      headers: ['content-type', 'x-b'],
    });
    expect(parsePreflight('OPTIONS', without('access-control-request-headers'))?.headers).toEqual([]);
  });

  it('is no other request', () => {
    expect(parsePreflight('GET', ASKED)).toBeUndefined();
    expect(parsePreflight('OPTIONS', without('origin'))).toBeUndefined();
    expect(parsePreflight('OPTIONS', without('access-control-request-method'))).toBeUndefined();
  });

  it.each([
    ['access-control-request-method', 'P UT'],
    ['access-control-request-headers', 'a b'],
    ['access-control-request-headers', 'é'],
  ])('is none with %s: %j', (name, value) => {
    expect(parsePreflight('OPTIONS', [...without(name), [name, value]])).toBeUndefined();
  });
});

describe('preflightKey', () => {
  it('is one for one question, however it is spelled', () => {
    const spelled: Fields = [
      ...without('access-control-request-headers'),
      ['access-control-request-headers', 'Content-Type,X-B'],
    ];
    const keys = [ASKED, spelled]
      .map(fields => parsePreflight('OPTIONS', fields))
      .map(asked => asked && preflightKey(asked));
    expect(keys[0]).toBe(keys[1]);
  });

  it('differs for any other', () => {
    const text = fc.constantFrom('a', 'b', 'a,b', '"', '');
    const question = fc.record({ origin: text, method: text, headers: fc.array(text, { maxLength: 3 }) });
    fc.assert(
      fc.property(question, question, (one, other) => {
        expect(preflightKey(one) === preflightKey(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
    );
  });
});

describe('preflightTtlSeconds (Fetch §4.9)', () => {
  const ALLOWED: Field = ['access-control-allow-origin', 'https://app.example'];
  const maxAge = (value: string): Fields => [ALLOWED, ['access-control-max-age', value]];

  it.each([
    ['600', 600],
    [' 600 ', 600],
    ['0', 0],
    ['-1', 0],
    ['600s', 0],
    ['600, 700', 0],
    ['', 0],
    ['99999999999', 86_400],
  ])('Access-Control-Max-Age %j: %d s', (value, expected) => {
    expect(preflightTtlSeconds(204, maxAge(value))).toBe(expected);
  });

  it('is short where nothing is said', () => {
    expect(preflightTtlSeconds(200, [ALLOWED])).toBe(5);
    expect(preflightTtlSeconds(299, [ALLOWED])).toBe(5);
  });

  it('is none for a refusal, an error, or an answer that is one user’s', () => {
    expect(preflightTtlSeconds(200, [['access-control-max-age', '600']])).toBe(0);
    expect(preflightTtlSeconds(403, maxAge('600'))).toBe(0);
    expect(preflightTtlSeconds(302, maxAge('600'))).toBe(0);
    expect(preflightTtlSeconds(200, [...maxAge('600'), ['set-cookie', 'a=1']])).toBe(0);
  });
});
