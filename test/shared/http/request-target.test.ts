import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findTargetFault } from '../../../shared/http/request-target.ts';

const fault = (target: string) => findTargetFault(`http://example.com:8080${target}`);

describe('refused', () => {
  it.each([
    '/a\u0001b',
    '/a\u007f',
    '/a?b=\u0000',
    '/a?b\u001f',
    '/a%00',
    '/a%0d%0aSet-Cookie:x',
    '/%7F',
    '/a%1fb',
  ])('%j: a control character', target => expect(fault(target)).toBe('control-character'));

  it.each(['/a\\b', '/\\example.org/', '/a\\..\\b'])('%j: a backslash', target => {
    expect(fault(target)).toBe('backslash');
  });

  it.each([
    '/a/../b',
    '/a/..',
    '/..',
    '/.',
    '/a/./b',
    '/a/%2e%2e/b',
    '/a/%2E%2e/b',
    '/a/.%2e/b',
    '/a/%2e./b',
    '/a/%2e/b',
    '/%2e',
    '/a%2f..%2fb',
    '/a%2F%2e%2e/b',
    '/a/..%2fb',
    '/a/..%5cb',
    '/a%5c..%5cb',
    '/..;/b',
    '/a/..;x=1/b',
    '/a/.;/b',
    '/a/../b?c',
    '/a/..?c',
    '/a/..#c',
  ])('%j: a dot segment', target => {
    expect(fault(target)).toBe('dot-segment');
  });

  it.each([
    '/%c0%ae%c0%ae/',
    '/a%C0%AFb',
    '/%c1%9c',
    '/%e0%80%af',
    '/%f0%80%80%af',
    '/%f8%80%80%80%af',
    '/%fc%80%80%80%80%af',
  ])('%j: UTF-8 longer than it has to be (RFC 3629 §3)', target =>
    expect(fault(target)).toBe('overlong-utf-8'),
  );

  it('bytes the runtime could not read as UTF-8', () => {
    expect(fault('/a\ufffdb')).toBe('not-utf-8');
    expect(fault('/a?b=\ufffd')).toBe('not-utf-8');
  });
});

describe('left alone, because sites use it', () => {
  it.each([
    '/',
    '',
    '/a',
    '//a//b',
    '/a/',
    '/a%2Fb',
    '/@scope%2fname',
    '/a%5cb',
    '/a;v=1/b',
    '/a/...',
    '/a/.well-known/x',
    '/.git',
    '/a/..b',
    '/a/b..',
    '/a/..%20',
    '/100%',
    '/%zz',
    '/%e9t%e9',
    '/%C3%A9',
    '/é',
    '/%e0%a4%a8',
    '/%f0%9f%98%80',
    '/a%20b',
    '/a b',
    '/{a}|^`"<>',
    '/%252e%252e/',
    '/%25%30%30',
    '/a:b@c',
    '/~a',
    '/%c0',
    '/%c0%20',
  ])('%j', target => {
    expect(fault(target)).toBeUndefined();
  });

  it.each(['?b=../c', '?b=/../c', '?b=\\', '?b=%00', '?b=%2e%2e', '?b=%c0%ae', '?x=%0d%0a', '?a=?b', '?'])(
    '%j: a query is data, whose bytes the key has as the origin gets them',
    query => expect(fault(`/a${query}`)).toBeUndefined(),
  );

  it('a host is none of its business', () => {
    expect(findTargetFault('https://[::1]:8443/a')).toBeUndefined();
    expect(findTargetFault('http://a..b/')).toBeUndefined();
  });
});

describe('whatever it lets pass', () => {
  it('names the same path to the URL parser, but for characters that get encoded', () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '/',
      '.',
      '..',
      '%2e',
      '%2E',
      '\\',
      '%2f',
      '%5c',
      ';',
      '%00',
      'é',
      '%',
      '//',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), pieces => {
        const path = `/${pieces.join('')}`;
        if (fault(path) !== undefined) return;
        expect(new URL(`http://example.com${path}`).pathname).toBe(path.replaceAll('é', '%C3%A9'));
      }),
      { numRuns: 2_000 },
    );
  });
});
