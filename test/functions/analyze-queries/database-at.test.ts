import { expect, it } from 'vitest';
import { databaseAt } from '../../../functions/analyze-queries/database-at.ts';

it.each([
  [
    'postgresql://a:b@host:5432/shop?sslmode=require',
    undefined,
    'postgresql://a:b@host:5432/shop?sslmode=require',
  ],
  [
    'postgresql://a:b@host:5432/shop?sslmode=require',
    'stock',
    'postgresql://a:b@host:5432/stock?sslmode=require',
  ],
  ['postgresql://host/shop', 'a/b?c#d "e"', 'postgresql://host/a%2Fb%3Fc%23d%20%22e%22'],
  ['host=nowhere', 'stock', 'host=nowhere'],
])('of %s another database, %s, is at %s', (url, database, expected) => {
  expect(databaseAt(url, database)).toBe(expected);
});
