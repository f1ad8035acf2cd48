import { describe, expect, it } from 'vitest';
import { isActiveType } from '../../../shared/publishing/active-type.ts';
import { decideContentType, isPage } from '../../../shared/publishing/content-type.ts';

const typeOf = (key: string, sniffed?: string, isText = sniffed === undefined) =>
  decideContentType({ key, sniffed, isText });

describe('the type of a file', () => {
  it.each([
    ['a.html', undefined, 'text/html; charset=utf-8'],
    ['a.mjs', undefined, 'text/javascript; charset=utf-8'],
    ['a.json', undefined, 'application/json'],
    ['a.svg', 'application/xml', 'image/svg+xml'],
    ['a.docx', 'application/zip', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['a.m4a', 'audio/x-m4a', 'audio/mp4'],
    ['a.woff2', 'font/woff2', 'font/woff2'],
    ['a.jpg', 'image/webp', 'image/webp'],
    ['LICENSE', undefined, 'text/plain; charset=utf-8'],
    ['types.ts', undefined, 'text/plain; charset=utf-8'],
    ['nameless', 'image/png', 'image/png'],
  ])('%s whose bytes prove %s is %s', (key, sniffed, type) => expect(typeOf(key, sniffed)).toBe(type));

  it('is what its bytes prove where its name would have it run', () => {
    expect(typeOf('cat.html', 'image/png')).toBe('image/png');
    expect(typeOf('cat.svg', 'image/gif')).toBe('image/gif');
    expect(typeOf('cat.js', 'application/pdf')).toBe('application/pdf');
  });

  it('is no picture where its bytes are words', () => {
    expect(typeOf('cat.png')).toBe('text/plain; charset=utf-8');
  });

  it('says no charset of what is not in it, and nothing of what nobody knows', () => {
    expect(decideContentType({ key: 'old.html', sniffed: undefined, isText: false })).toBe('text/html');
    expect(decideContentType({ key: 'x.unknown', sniffed: undefined, isText: false })).toBe(
      'application/octet-stream',
    );
  });

  it('tells pages', () => {
    expect(isPage('text/html; charset=utf-8')).toBe(true);
    expect(isPage('text/css')).toBe(false);
  });
});

describe('a type that browsers run', () => {
  it.each(['text/html', 'TEXT/HTML; charset=utf-8', 'image/svg+xml', 'application/xml', 'text/css'])(
    'is %s',
    type => expect(isActiveType(type)).toBe(true),
  );
  it.each([
    ...['text/x-javascript', 'text/javascript1.5', 'text/jscript', 'application/x-ecmascript'],
    ...['multipart/x-mixed-replace', 'message/rfc822', 'application/atom+xml'],
  ])('is %s as well', type => expect(isActiveType(type)).toBe(true));
  it.each(['image/png', 'application/json', 'text/plain', 'application/pdf'])('is not %s', type =>
    expect(isActiveType(type)).toBe(false),
  );
});
