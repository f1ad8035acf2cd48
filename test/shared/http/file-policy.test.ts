import { describe, expect, it } from 'vitest';
import { isHashedName, policyForFile } from '../../../shared/http/file-policy.ts';
import { PROFILES } from '../../../shared/http/policy.ts';

const DAY = 86_400;
const { safe, static: files } = PROFILES;
const ttlOf = (policy: typeof safe, path: string, type?: string) =>
  policyForFile(policy, path, type === undefined ? [] : [['content-type', type]]).ttlSeconds;

describe('a route’s lifetime', () => {
  const routed = { ...safe, ttlSeconds: 60 };

  it('holds for what the path promises, and where it promises nothing', () => {
    expect(ttlOf(routed, '/a.css', 'text/css')).toBe(60);
    expect(ttlOf(routed, '/list', 'text/html')).toBe(60);
  });

  it('does not hold for an account that is asked for as a style sheet', () => {
    expect(ttlOf(routed, '/account/x.css', 'text/html')).toBeUndefined();
    expect(ttlOf(routed, '/account/x.css')).toBeUndefined();
  });

  it('comes before the lifetime of a hashed name', () => {
    expect(ttlOf({ ...files, ttlSeconds: 60 }, '/app-3f2a9c1e.js', 'text/javascript')).toBe(60);
  });
});

describe('a hashed name, under static', () => {
  it.each([
    ['/app-3f2a9c1e.js', 'text/javascript', 365 * DAY],
    ['/app-3f2a9c1e.css', 'text/css; charset=utf-8', 365 * DAY],
    ['/font.3f2a9c1e.woff2', 'font/woff2', 365 * DAY],
    ['/logo-3f2a9c1e.png', 'image/png', 90 * DAY],
    ['/manual-3f2a9c1e.pdf', 'application/pdf', 30 * DAY],
  ])('%s lives long by its type', (path, type, seconds) => expect(ttlOf(files, path, type)).toBe(seconds));

  it('lives as its origin says where its type is another, or none is promised', () => {
    expect(ttlOf(files, '/app-3f2a9c1e.js', 'text/html')).toBeUndefined();
    expect(ttlOf(files, '/page-3f2a9c1e', 'text/html')).toBeUndefined();
    expect(ttlOf(files, '/app.js', 'text/javascript')).toBeUndefined();
  });

  it('is nothing special under safe', () => {
    expect(policyForFile(safe, '/app-3f2a9c1e.js', [['content-type', 'text/javascript']])).toBe(safe);
  });
});

describe('isHashedName', () => {
  it.each([
    '/main.3f2a9c1e.js',
    '/main-3f2a9c1e7b.chunk.css',
    '/static/0a1b2c3d4e5f60718293a4b5c6d7e8f9.png',
    '/x/logo_0a1b2c3d.svg',
    '/index-DkX9a_2b.js',
    '/chunk-QWERTY2A.mjs',
    '/main.3f2a9c1e.js.map',
  ])('%s', path => expect(isHashedName(path)).toBe(true));

  it.each([
    '/jquery-3.6.0.min.js',
    '/report-20261120.pdf',
    '/my-Report24.pdf',
    '/photo-20261120.jpg',
    '/my-component.js',
    '/ui-Calendar.js',
    '/facade.css',
    '/a-deadbeef.png',
    '/3f2a9c1e/app.js',
    '/app.js',
  ])('%s is not one', path => expect(isHashedName(path)).toBe(false));
});
