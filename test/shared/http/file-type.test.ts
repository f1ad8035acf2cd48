import { describe, expect, it } from 'vitest';
import { compareFileType, extensionOf, mediaTypeOf } from '../../../shared/http/file-type.ts';

describe('compareFileType', () => {
  it.each([
    ['/a.css', 'text/css; charset=utf-8'],
    ['/a.JS', 'Text/JavaScript'],
    ['/a.mjs', 'application/javascript'],
    ['/a.min.js', 'application/x-javascript'],
    ['/a.json', 'application/vnd.api+json'],
    ['/a.js.map', 'application/json'],
    ['/photo.jpg', 'image/avif'],
    ['/a.svg', 'image/svg+xml'],
    ['/a.woff2', 'font/woff2'],
    ['/a.woff', 'application/x-font-woff'],
    ['/a.ttf', 'application/octet-stream'],
    ['/a.mp4', 'video/mp4'],
    ['/a.gz', 'application/x-gzip'],
    ['/feed.xml', 'application/rss+xml'],
    ['/feed.xml', 'text/xml'],
  ])('%s fits %s', (path, type) => expect(compareFileType(path, type)).toBe('fits'));

  it.each([
    ['/account/x.css', 'text/html'],
    ['/account;x.js', 'text/html; charset=utf-8'],
    ['/account/a.json', 'text/html'],
    ['/account/a.xml', 'application/xhtml+xml'],
    ['/a.png', 'application/json'],
    ['/a.css', 'text/css+html'],
    ['/a.css', undefined],
    ['/a.css', ''],
  ])('%s differs from %s', (path, type) => expect(compareFileType(path, type)).toBe('differs'));

  it.each(['/', '/account', '/a.html', '/v1.2/list', '/a.css/', '/.well-known/x', '/a.averylongone'])(
    '%s promises nothing',
    path => expect(compareFileType(path, 'text/html')).toBe('unknown'),
  );
});

it('the extension is the last one, in small letters', () => {
  expect(['/a.tar.GZ', '/a.b/c', '/.env', '/'].map(extensionOf)).toEqual(['gz', '', 'env', '']);
});

it('the media type goes without its parameters', () => {
  expect(mediaTypeOf(' Text/HTML ;charset=utf-8')).toBe('text/html');
  expect(mediaTypeOf(undefined)).toBe('');
});
