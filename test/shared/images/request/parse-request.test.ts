import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal, refusalStatus } from '../../../../shared/images/refusal.ts';
import { formatRequest } from '../../../../shared/images/request/format-request.ts';
import { parseImageRequest } from '../../../../shared/images/request/parse-request.ts';

const settings = { path: '/images', forms: ['query', 'ipx'] } as const;

function parse(url: string) {
  const at = url.indexOf('?');
  const [pathname, search] = at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at)];
  return parseImageRequest({ pathname, search }, settings);
}

function canonical(url: string): string {
  const read = parse(url);
  return isRefusal(read) ? read.code : formatRequest(read);
}

describe('one picture', () => {
  it.each([
    '/images/width=640,format=auto,quality=75/photos/a.jpg',
    '/images/quality=75,format=auto,width=640/photos/a.jpg',
    '/images/q=75,f=auto,w=640/photos/a.jpg',
    '/images/width=640%2Cformat=auto%2cquality=75/photos/a.jpg',
    '/images/width=00640,format=auto,quality=75/photos/%61.jpg',
    '/images/photos/a.jpg?w=640&f=auto&q=75',
    '/images/photos/a.jpg?quality=75&signature=x&expires=9&format=auto&width=640',
  ])('has one form: %s', url => {
    expect(canonical(url)).toBe('width=640,format=auto,quality=75/photos/a.jpg');
  });

  it.each([
    ['/images/crop=1;2;30;40,rotate=90,flip=vh/a', 'crop=1;2;30;40,rotate=90,flip=hv/a'],
    ['/images/bg=FFF,tint=%23abc/a', 'background=ffffff,tint=aabbcc/a'],
    ['/images/background=FF0000ff/a', 'background=ff0000/a'],
    ['/images/pad=5;5;5;5/a', 'pad=5/a'],
    ['/images/pad=1;2;3;4/a', 'pad=1;2;3;4/a'],
    ['/images/gravity=auto,fit=cover/a', 'fit=cover,gravity=attention/a'],
    ['/images/gravity=top/a', 'gravity=north/a'],
    ['/images/gravity=0.5x0.5/a', 'gravity=center/a'],
    ['/images/gravity=0.30x1.0/a', 'gravity=0.3x1/a'],
    ['/images/blur=2.50,dpr=2.0/a', 'dpr=2,blur=2.5/a'],
    ['/images/format=jpg/a', 'format=jpeg/a'],
    ['/images/a.jpg', 'fit=scale-down/a.jpg'],
  ])('is spelt one way: %s', (url, expected) => {
    expect(canonical(url)).toBe(expected);
  });

  it('may have a name with any characters', () => {
    const read = parse('/images/width=1/a%20b/%C3%BC%23%3F,=%2B.jpg');
    expect(read).toMatchObject({ source: 'a b/ü#?,=+.jpg' });
    expect(canonical('/images/width=1/a%20b/%C3%BC%23%3F,=%2B.jpg')).toBe(
      'width=1/a%20b/%C3%BC%23%3F%2C%3D%2B.jpg',
    );
  });

  it('may lie elsewhere', () => {
    expect(parse('/images/width=1/https://example.com/a.jpg')).toMatchObject({
      source: 'https://example.com/a.jpg',
    });
    expect(canonical('/images/width=1/https://EXAMPLE.com/x/../a.jpg%3Fv=1')).toBe(
      'width=1/https%3A%2F%2Fexample.com%2Fa.jpg%3Fv%3D1',
    );
  });
});

describe("ipx's form", () => {
  it.each([
    ['/images/_/photo.png', 'fit=scale-down/photo.png'],
    ['/images/w_200,f_webp/photo.png', 'width=200,fit=crop,format=webp/photo.png'],
    ['/images/s_200x100&fit_contain/p.png', 'width=200,height=100,fit=pad/p.png'],
    ['/images/s_200x100,enlarge/p.png', 'width=200,height=100,fit=cover/p.png'],
    ['/images/w_9,fit_inside,enlarge/p.png', 'width=9,fit=contain/p.png'],
    ['/images/extract_1_2_3_4,flop,a/p.gif', 'fit=crop,crop=1;2;3;4,flip=h,anim=true/p.gif'],
    ['/images/flip,flop/p.png', 'fit=crop,flip=hv/p.png'],
    ['/images/w_9,pos_top,grayscale/p.png', 'width=9,fit=crop,gravity=north,grayscale=true/p.png'],
  ])('says the same in our words: %s', (url, expected) => {
    expect(canonical(url)).toBe(expected);
  });

  it('is refused where a modifier has no counterpart', () => {
    expect(canonical('/images/w_9,median_3/p.png')).toBe('IMAGE_OPTION_UNKNOWN');
  });

  it('is the name of a folder where it is not accepted', () => {
    const read = parseImageRequest(
      { pathname: '/images/w_200/a.png', search: '' },
      { ...settings, forms: ['query'] },
    );
    expect(read).toMatchObject({ source: 'w_200/a.png', options: {} });
  });
});

describe('a wrong URL', () => {
  it.each([
    ['width=0', 'IMAGE_OPTION_INVALID'],
    ['width=-5', 'IMAGE_OPTION_INVALID'],
    ['width=abc', 'IMAGE_OPTION_INVALID'],
    ['width=1e9', 'IMAGE_OPTION_INVALID'],
    ['width=1000000000', 'IMAGE_OPTION_INVALID'],
    ['width=', 'IMAGE_OPTION_INVALID'],
    ['width=6.5', 'IMAGE_OPTION_INVALID'],
    ['width=٣', 'IMAGE_OPTION_INVALID'],
    ['width=1,', 'IMAGE_OPTION_UNKNOWN'],
    ['quality=101', 'IMAGE_OPTION_INVALID'],
    ['fit=constructor', 'IMAGE_OPTION_INVALID'],
    ['format=svg', 'IMAGE_OPTION_INVALID'],
    ['gravity=1.5x0', 'IMAGE_OPTION_INVALID'],
    ['crop=0;0;0;9', 'IMAGE_OPTION_INVALID'],
    ['pad=1001', 'IMAGE_OPTION_INVALID'],
    ['background=red;x', 'IMAGE_OPTION_INVALID'],
    ['watermark=..%2Fsecret', 'IMAGE_OPTION_INVALID'],
    ['__proto__=1', 'IMAGE_OPTION_UNKNOWN'],
    ['year=2024', 'IMAGE_OPTION_UNKNOWN'],
    ['width=1,w=2', 'IMAGE_OPTION_REPEATED'],
    ['anim=true,trim=5', 'IMAGE_OPTIONS_CONFLICT'],
    ['anim=true,rotate=90', 'IMAGE_OPTIONS_CONFLICT'],
    ['anim=true,rotate=180', 'IMAGE_OPTIONS_CONFLICT'],
    ['flip=v,anim=true', 'IMAGE_OPTIONS_CONFLICT'],
    ['anim=true,flip=hv', 'IMAGE_OPTIONS_CONFLICT'],
    ['anim=true,blur=2', 'IMAGE_OPTIONS_CONFLICT'],
    ['anim=true,sharpen=2', 'IMAGE_OPTIONS_CONFLICT'],
  ])('with %s is refused', (options, code) => {
    expect(canonical(`/images/${options}/a.jpg`)).toBe(code);
  });

  it.each([
    ['/images/width=1/', 'IMAGE_KEY_INVALID'],
    ['/images/width=1/a//b', 'IMAGE_KEY_INVALID'],
    ['/images/width=1/folder/', 'IMAGE_KEY_INVALID'],
    ['/images/width=1/..%2F..%2Fetc/passwd', 'IMAGE_KEY_INVALID'],
    ['/images/width=1/%2e%2e/a', 'IMAGE_KEY_INVALID'],
    ['/images/width=1/a%00.jpg', 'IMAGE_KEY_INVALID'],
    ['/images/width=1/a%5Cb', 'IMAGE_KEY_INVALID'],
    ['/images/width=1/%ff', 'IMAGE_KEY_INVALID'],
    [`/images/width=1/${'a'.repeat(701)}`, 'IMAGE_KEY_INVALID'],
    ['/images/width=1/http://example.com/a.jpg', 'IMAGE_SOURCE_REFUSED'],
    ['/images/width=1/https://user:pw@example.com/a.jpg', 'IMAGE_SOURCE_REFUSED'],
    ['/images/', 'IMAGE_PATH_INVALID'],
    ['/imagesx/width=1/a', 'IMAGE_PATH_INVALID'],
    ['/images/a.jpg?utm_source=x', 'IMAGE_OPTION_UNKNOWN'],
  ])('%s is refused', (url, code) => {
    expect(canonical(url)).toBe(code);
  });

  it('says which option, its value and what it may be', () => {
    expect(parse('/images/width=0/a')).toMatchObject({
      detail: "width is '0', but must be a whole number from 1 to 16384",
    });
  });

  it('never throws, and is the client’s fault', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (path, query) => {
        const read = parseImageRequest({ pathname: `/images/${path}`, search: `?${query}` }, settings);
        if (isRefusal(read)) expect(refusalStatus(read)).toBeLessThan(500);
        else expect(canonical(`/images/${formatRequest(read)}`)).toBe(formatRequest(read));
      }),
    );
  });
});
