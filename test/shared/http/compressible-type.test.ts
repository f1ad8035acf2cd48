import { expect, it } from 'vitest';
import { isCompressibleType } from '../../../shared/http/compressible-type.ts';

it.each([
  'text/html',
  'TEXT/HTML;charset=x',
  'text/css',
  'application/json',
  'application/ld+json',
  'image/svg+xml',
  'application/javascript',
  'application/wasm',
  'font/ttf',
  'application/xml ; a=b',
  'application/problem+json',
])('%s shrinks', type => {
  expect(isCompressibleType(type)).toBe(true);
});

it.each([
  'image/png',
  'font/woff2',
  'video/mp4',
  'application/zip',
  'application/octet-stream',
  'application/pdf',
  'text/event-stream',
  'Text/Event-Stream; charset=utf-8',
  'application/jsonx',
  'application/x+jsonp',
  '',
  'text',
  ';text/html',
])('%j does not, or must not wait', type => {
  expect(isCompressibleType(type)).toBe(false);
});
