import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeAcceptEncoding } from '../../../shared/http/accept-encoding.ts';

describe('normalizeAcceptEncoding', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br, gzip, zstd'],
    ['gzip, deflate, br', 'br, gzip'],
    ['zstd,br , GZIP', 'br, gzip, zstd'],
    ['gzip;q=0.1, br;q=1.0', 'br, gzip'],
    ['x-gzip', 'gzip'],
    ['compress, gzip', 'gzip'],
    ['*', 'br, gzip, zstd'],
    ['*;q=0.5, br;q=0', 'gzip, zstd'],
    ['gzip;q=1.0, identity; q=0.5, *;q=0', 'gzip'],
    ['compress;q=0.5, gzip;q=1.0', 'gzip'],
    ['', 'identity'],
    ['identity', 'identity'],
    ['identity;q=0', 'identity'],
    ['deflate', 'identity'],
    ['gzip;q=0', 'identity'],
    ['gzip;q=0.000', 'identity'],
    ['gzip;Q=0', 'identity'],
    ['gzip, gzip;q=0', 'identity'],
    ['gzip;q=0, gzip', 'identity'],
    ['gzip, gzip', 'gzip'],
    ['gzip;q=2, br', 'br'],
    ['gzip;q=-1, br', 'br'],
    ['gzip;q=0.1234, br', 'br'],
    ['gzip;q=x, br', 'br'],
    ['gzip;x=1, br', 'br'],
    ['gz ip, br', 'br'],
  ])('%j becomes %j', (value, normal) => {
    expect(normalizeAcceptEncoding(value)).toBe(normal);
  });

  it('leaves absent absent: no preference is not the same as none accepted (RFC 9110 §12.5.3)', () => {
    expect(normalizeAcceptEncoding(undefined)).toBeUndefined();
  });

  it('has few forms, changes none of them again, and never claims a refused coding', () => {
    const coding = fc.constantFrom('br', 'gzip', 'zstd', 'identity', '*', 'deflate', 'BR', '');
    const weight = fc.constantFrom('', ';q=0', ';q=0.5', '; q=1', ';q=9');
    const member = fc.tuple(coding, weight).map(([name, q]) => name + q);
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(member).map(members => members.join(',')),
        ),
        value => {
          const normal = normalizeAcceptEncoding(value);
          expect(normal).toMatch(/^(identity|(br)?(, )?(gzip)?(, )?(zstd)?)$/);
          expect(normalizeAcceptEncoding(normal)).toBe(normal);
          expect(normalizeAcceptEncoding(`${value},br;q=0`)).not.toContain('br');
        },
      ),
    );
  });
});
