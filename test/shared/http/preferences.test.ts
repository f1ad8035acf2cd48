import fc from 'fast-check';
import { expect, it } from 'vitest';
import { normalizePreferences } from '../../../shared/http/preferences.ts';

it.each([
  ['da, en-gb;q=0.8, en;q=0.7', 'da,en-gb;q=0.8,en;q=0.7'],
  ['EN; q=0.50 ,de', 'de,en;q=0.5'],
  ['de;q=1.000, en;Q=1', 'de,en'],
  ['en, de', 'en,de'],
  ['de, en', 'de,en'],
  ['en;q=0, *;q=0.1', '*;q=0.1,en;q=0'],
  ['', ''],
])('%j is %j', (value, normal) => expect(normalizePreferences(value)).toBe(normal));

it.each(['en;q=2', 'en;q=0.1234', 'en;x=1, DE', 'en de'])('%j has no order of its own', value => {
  expect(normalizePreferences(value)).toBe(value.toLowerCase().replaceAll(', ', ','));
});

const preference = fc.tuple(fc.constantFrom('en', 'DE', 'fr-CH', '*'), fc.integer({ min: 0, max: 1000 }));
const lists = fc.array(preference, { maxLength: 6 });

it('changes nothing that it has already changed, and loses no preference', () => {
  fc.assert(
    fc.property(lists, list => {
      const value = list.map(([name, weight]) => `${name};q=${(weight / 1000).toFixed(3)}`).join(', ');
      const normal = normalizePreferences(value);
      expect(normalizePreferences(normal)).toBe(normal);
      const names = normal.split(',').map(member => member.split(';')[0]);
      expect(names.filter(Boolean).sort()).toEqual(list.map(([name]) => name.toLowerCase()).sort());
    }),
  );
});

it('never tells apart two orders of the same weights', () => {
  fc.assert(
    fc.property(fc.uniqueArray(preference, { selector: ([, weight]) => weight, maxLength: 5 }), list => {
      const text = (some: typeof list) =>
        some.map(([name, weight]) => `${name};q=${weight / 1000}`).join(',');
      expect(normalizePreferences(text([...list].reverse()))).toBe(normalizePreferences(text(list)));
    }),
  );
});
