import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_DIRECTIVES } from '../../../shared/http/cache-control.ts';
import type { Fields } from '../../../shared/http/fields.ts';
import { selectDirectives, TARGET_FIELDS } from '../../../shared/http/targeted.ts';

const OWN = 'headrace-cache-control';
const CDN = 'cdn-cache-control';
const cdn = (value: string, cacheControl = 'max-age=600'): Fields => [
  ['cache-control', cacheControl],
  [CDN, value],
];
/** What a valid field says, or undefined when Cache-Control decided after all. */
const directives = (value: string) => {
  const control = selectDirectives(cdn(value));
  return control.targeted ? control.directives : undefined;
};

describe('which field decides (RFC 9213 §2.2)', () => {
  it('the first of the list with a valid value, alone', () => {
    const fields: Fields = [
      ['cache-control', 'no-store'],
      [CDN, 'max-age=60'],
      [OWN, 'max-age=5'],
    ];
    expect(selectDirectives(fields)).toEqual({
      directives: { ...NO_DIRECTIVES, maxAge: 5 },
      decidedBy: OWN,
      targeted: true,
    });
  });

  it.each(['', 'max-age=60, ', 'Max-Age=60', 'max-age=60; ', 'max-age=é', 'no-store,,', '"max-age"', '=5'])(
    'the next when it is %j: empty or invalid (§2.1)',
    broken => {
      const control = selectDirectives([[OWN, broken], ...cdn('max-age=60')]);
      expect(control).toMatchObject({ decidedBy: CDN, directives: { maxAge: 60 } });
      expect(selectDirectives(cdn(broken))).toEqual({
        directives: { ...NO_DIRECTIVES, maxAge: 600 },
        decidedBy: 'cache-control',
        targeted: false,
      });
    },
  );

  it('nothing of Cache-Control remains beside a valid one, not even a ban', () => {
    const control = selectDirectives(cdn('stale-if-error=9', 'no-store, private, max-age=0'));
    expect(control.directives).toEqual({ ...NO_DIRECTIVES, staleIfError: 9 });
  });

  it('a field that is on nobody’s list changes nothing', () => {
    const fields: Fields = [
      ['surrogate-control', 'no-store'],
      ['other-cache-control', 'no-store'],
    ];
    expect(selectDirectives(fields)).toMatchObject({ decidedBy: 'cache-control', directives: NO_DIRECTIVES });
  });

  it('the list is the caller’s: Surrogate-Control where its value is a structured field', () => {
    const targets = [...TARGET_FIELDS, 'surrogate-control'];
    expect(selectDirectives([['surrogate-control', 'max-age=60, content="ESI/1.0"']], targets)).toMatchObject(
      {
        decidedBy: 'surrogate-control',
        directives: { maxAge: 60 },
      },
    );
    expect(selectDirectives([['surrogate-control', 'max-age=60+30']], targets).targeted).toBe(false);
  });

  it('lines of one field are one dictionary', () => {
    const fields: Fields = [
      [CDN, 'max-age=60'],
      [CDN, 'no-cache'],
    ];
    expect(selectDirectives(fields).directives).toMatchObject({ maxAge: 60, noCache: true });
  });
});

describe('what a valid field says (§2.1)', () => {
  it('the RFC’s examples', () => {
    expect(directives('max-age=60')).toEqual({ ...NO_DIRECTIVES, maxAge: 60 });
    expect(directives('max-age=600')).toEqual({ ...NO_DIRECTIVES, maxAge: 600 });
    expect(directives('no-store')).toEqual({ ...NO_DIRECTIVES, noStore: true });
    expect(directives('none')).toEqual(NO_DIRECTIVES);
  });

  it('parameters and unknown directives are ignored', () => {
    expect(directives('max-age=60;max-age=1.5;s="x", x-a, x-b=(1 2), no-cache;q')).toEqual({
      ...NO_DIRECTIVES,
      maxAge: 60,
      noCache: true,
    });
  });

  it.each(['"60"', 'a60', '60.5', '60.0', '-1', '?1', '(60)', ':NjA=:'])(
    'max-age=%s is no duration',
    value => {
      expect(directives(`max-age=${value}, must-revalidate`)).toEqual({
        ...NO_DIRECTIVES,
        maxAge: 0,
        mustRevalidate: true,
      });
    },
  );

  it('a decimal inside a String or on another member is none of max-age’s', () => {
    expect(directives('x="max-age=1.5, max-age=1.5", y=1.5, max-age=60')?.maxAge).toBe(60);
  });

  it('durations saturate, the last of two counts', () => {
    expect(directives('max-age=999999999999999')?.maxAge).toBe(2 ** 31);
    expect(directives('max-age=5, max-age=60')?.maxAge).toBe(60);
  });

  it.each([
    ['no-cache', true],
    ['no-cache="Set-Cookie, x-a"', ['set-cookie', 'x-a']],
    ['no-cache="a\\"b"', true],
    ['no-cache=x-a', true],
    ['no-cache=1', true],
    ['no-cache=("x-a")', true],
    ['no-cache=?0', false],
  ])('%s', (value, expected) => {
    expect(directives(`${value}, max-age=1`)?.noCache).toEqual(expected);
  });

  it('a ban holds whatever its value but ?0, a permission only as a plain true', () => {
    expect(directives('no-store=1')?.noStore).toBe(true);
    expect(directives('no-store=x')?.noStore).toBe(true);
    expect(directives('no-store=?0, max-age=1')?.noStore).toBe(false);
    expect(directives('public')?.public).toBe(true);
    expect(directives('public=?1')?.public).toBe(true);
    expect(directives('public=1')?.public).toBe(false);
    expect(directives('public="x"')?.public).toBe(false);
  });
});

it('is as fresh as the integer says, and reads any value without throwing', () => {
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 31 }), fc.string(), (seconds, junk) => {
      expect(directives(`max-age=${seconds}`)?.maxAge).toBe(seconds);
      expect(selectDirectives(cdn(junk)).directives.maxAge ?? 0).toBeGreaterThanOrEqual(0);
    }),
  );
});
