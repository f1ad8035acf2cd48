import { describe, expect, test } from 'vitest';
import { hitLimit } from './limit.ts';
import { makeSteps, productOf, type Step } from './steps.ts';
import { makeUrls } from './urls.ts';

const urls = makeUrls({ urls: 1_000, products: 5_000, exponent: 0.9, seed: 1 });
const steps = makeSteps(urls, { requests: 20_000, exponent: 0.9, seed: 2 });

describe('the URLs', () => {
  test('are as many as asked for, each once, and the same each time', () => {
    expect(new Set(urls.map(({ path }) => path)).size).toBe(1_000);
    expect(makeUrls({ urls: 1_000, products: 5_000, exponent: 0.9, seed: 1 })).toEqual(urls);
    expect(makeUrls({ urls: 1_000, products: 5_000, exponent: 0.9, seed: 3 })).not.toEqual(urls);
  });

  test('name their page: what is left of the path without tracking parameters', () => {
    for (const { path, page } of urls) {
      const url = new URL(path, 'http://shop');
      for (const name of [...url.searchParams.keys()]) {
        if (/^utm_|^gclid$|^fbclid$/.test(name)) url.searchParams.delete(name);
      }
      expect(url.pathname + url.search).toBe(page);
    }
  });

  test('are three of ten times a page again, by another spelling', () => {
    expect(new Set(urls.map(({ page }) => page)).size).toBe(700);
    const kinds = ['/', '/search', '/categories/', '/products/', '/api/products/', '/api/categories/'];
    for (const kind of kinds) expect(urls.some(({ page }) => page.startsWith(kind))).toBe(true);
  });
});

describe('the steps', () => {
  const reads = steps.filter(step => step.kind === 'read');
  const writes = steps.filter(step => step.kind === 'write');

  test('are the same each time', () => {
    expect(makeSteps(urls, { requests: 20_000, exponent: 0.9, seed: 2 })).toEqual(steps);
  });

  test('write two in a hundred times, and ask conditionally ten', () => {
    expect(writes.length / steps.length).toBeCloseTo(0.02, 2);
    expect(reads.filter(({ isConditional }) => isConditional).length / steps.length).toBeCloseTo(0.1, 2);
  });

  test('change products that the trace also looks at, in every way', () => {
    const products = new Set(urls.map(({ page }) => productOf(page)));
    for (const { product } of writes) expect(products.has(product)).toBe(true);
    expect(new Set(writes.map(({ change }) => change))).toEqual(new Set(['review', 'stock', 'price']));
    expect(new Set(writes.map(({ number }) => number)).size).toBe(writes.length);
  });
});

describe('the most that a cache could hit', () => {
  const read = (path: string, page = path): Step => ({
    kind: 'read',
    url: { path, page },
    isConditional: false,
  });
  const write = (product: number): Step => ({ kind: 'write', change: 'stock', product, number: 0 });

  test('counts the first request for a page as a miss, and the first after a change', () => {
    const played = [
      read('/products/1'),
      read('/products/1'),
      write(1),
      read('/products/1'),
      read('/products/1'),
    ];
    expect(hitLimit(played).byPage).toBe(0.5);
    expect(hitLimit([...played, write(2), read('/products/1')]).byPage).toBe(0.6);
  });

  test('knows spellings from pages', () => {
    const played = [read('/products/1'), read('/products/1?gclid=2', '/products/1')];
    expect(hitLimit(played)).toEqual({ byPage: 0.5, bySpelling: 0 });
  });

  test('is none of nothing', () => {
    expect(hitLimit([write(1)])).toEqual({ byPage: 0, bySpelling: 0 });
  });
});
