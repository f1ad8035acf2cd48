import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { box, colour, decimal, gravity, integer, margins } from '../../../../shared/images/request/values.ts';

const KINDS = { box, colour, gravity, margins, integer: integer(1, 9000), decimal: decimal(0.3, 100) };

it.each(Object.entries(KINDS))('%s: what is read and written is read again as the same', (_, kind) => {
  const plausible = fc.stringMatching(/^[0-9a-f.;x]{1,12}$/);
  fc.assert(
    fc.property(plausible, text => {
      const value = kind.parse(text);
      if (value === undefined) return;
      const written = (kind.print as (value: unknown) => string)(value);
      expect(kind.parse(written)).toEqual(value);
    }),
  );
});
