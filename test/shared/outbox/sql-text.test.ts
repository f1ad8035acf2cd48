import { describe, expect, it } from 'vitest';
import {
  dollarQuote,
  isIdentifier,
  quoteForComment,
  quoteIdentifier,
  quoteLiteral,
} from '../../../shared/outbox/sql-text.ts';

// What Postgres makes of them is tried against Postgres: test/contracts/outbox-migration.ts.
describe('SQL text', () => {
  it('doubles what would end it', () => {
    expect(quoteIdentifier('a"b')).toBe('"a""b"');
    expect(quoteLiteral("a'b")).toBe("'a''b'");
    expect(quoteLiteral("a\\'b")).toBe("E'a\\\\''b'");
  });

  it('takes a delimiter that the body does not have', () => {
    expect(dollarQuote('x')).toBe('$headrace$\nx\n$headrace$');
    expect(dollarQuote('$headrace$ $headrace1$')).toMatch(/^\$headrace2\$\n.*\n\$headrace2\$$/);
  });

  it('keeps a comment on its line', () => {
    expect(quoteForComment('a\r\nDROP\u2028b\u0085')).not.toMatch(/[\r\n\u0085\u2028]/);
  });

  it.each(['', 'a\0', 'x'.repeat(64), 'é'.repeat(32), '\ud800'])('does not take %j for a name', name =>
    expect(isIdentifier(name)).toBe(false),
  );
  it.each(['a', 'x'.repeat(63), 'é'.repeat(31), '"'])('takes %j for one', name =>
    expect(isIdentifier(name)).toBe(true),
  );
});
