import { describe, expect, test } from 'vitest';
import { parseOrder } from '../../../edge/api/purge-order.ts';

const parse = (body: unknown) => parseOrder(JSON.stringify(body));
const detailOf = (body: unknown) => {
  const parsed = parse(body);
  return parsed.kind === 'refused' ? `${parsed.problem.status} ${parsed.problem.detail}` : parsed.order;
};

describe('an order', () => {
  test.each([
    [{ urls: ['/a', 'https://h/b'] }, 'urls', ['/a', 'https://h/b'], false],
    [{ tags: ['a'], soft: true }, 'tags', ['a'], true],
    [{ prefixes: ['/a/', 'http://h/'] }, 'prefixes', ['/a/', 'http://h/'], false],
    [{ hosts: ['Shop.example:8080', '[::1]'] }, 'hosts', ['Shop.example:8080', '[::1]'], false],
    [
      { patterns: ['*', '/a/*.css', 'https://*.example/*'] },
      'patterns',
      ['*', '/a/*.css', 'https://*.example/*'],
      false,
    ],
    [{ everything: true, soft: true }, 'everything', [], true],
  ] as const)('%j', (body, selector, items, soft) => {
    expect(parse(body)).toEqual({ kind: 'order', order: { selector, items, soft }, more: {} });
  });

  test.each([
    [{}, /^400 the body must have exactly one of urls, tags, prefixes, hosts, patterns, everything/],
    [{ tags: ['a'], hosts: ['h'] }, /^400 the body must have exactly one of/],
    [{ everything: false }, /^400 everything must be true/],
    [{ prefixes: ['/a?b'] }, /^400 prefixes\[0\] /],
    [{ prefixes: [`/${'a/'.repeat(9)}`] }, /^400 prefixes\[0\] .*8 segments/],
    [{ prefixes: ['a/b'] }, /^400 prefixes\[0\] /],
    [{ hosts: ['h/a'] }, /^400 hosts\[0\] must be a host/],
    [{ hosts: ['h', 'a@h'] }, /^400 hosts\[1\] must be a host/],
    [{ hosts: ['h:99999'] }, /^400 hosts\[0\] must be a host/],
    [{ patterns: ['a*'] }, /^400 patterns\[0\] /],
    [{ patterns: ['//h/*'] }, /^400 patterns\[0\] /],
    [{ patterns: ['/a b'] }, /^400 patterns\[0\] /],
    [{ patterns: Array(11).fill('/a*b') }, /^413 At most 10 patterns/],
    [{ hosts: Array(1_001).fill('h') }, /^413 At most 1000 items/],
    [{ tags: ['a'], unknown: 1 }, /^400 /],
  ])('%j is refused', (body, detail) => {
    expect(detailOf(body)).toMatch(detail);
  });
});
