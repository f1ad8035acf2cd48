import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatWorkerdConfig, quote } from '../../../../infra/local/edge/workerd-config.ts';

/** Reads a Cap'n Proto text literal the way its language says: \x and two digits is a byte. */
function unquote(literal: string): string {
  const bytes = literal
    .slice(1, -1)
    .replace(/\\x(..)/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return new TextDecoder().decode(Uint8Array.from(bytes, character => character.charCodeAt(0)));
}

test('any text stays between its quotes and reads back as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), text => {
      const literal = quote(text);
      expect(literal).toMatch(/^"[\x20-\x21\x23-\x7e]*"$/);
      expect(unquote(literal)).toBe(text);
    }),
  );
});

test('takes variables from the environment of workerd, by name', () => {
  const text = formatWorkerdConfig({ workerFile: 'worker.js', variables: ['ADMIN_TOKEN'], upstreams: {} });
  expect(text).toContain('(name = "ADMIN_TOKEN", fromEnvironment = "ADMIN_TOKEN")');
});

test('an upstream by TLS is checked against its own name, on the scheme’s port', () => {
  const upstreams = { UPSTREAM_a: new URL('https://example.com'), UPSTREAM_b: new URL('http://example.com') };
  const text = formatWorkerdConfig({ workerFile: 'worker.js', variables: [], upstreams });
  expect(text).toMatch(/address = "example\.com:443", https = .*certificateHost = "example\.com"/);
  expect(text).toMatch(/address = "example\.com:80", http = \(\)/);
});
