import { expect, test } from 'vitest';
import { acceptClass } from '../../../shared/http/accept-class.ts';

test.each([
  ['*/*', 'a program, and every script'],
  ['', 'nothing said'],
  [
    'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7',
    'a page, by Chrome',
  ],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'a page, by Firefox and Safari'],
  ['image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8', 'a picture, by Chrome'],
  ['image/webp,image/avif,image/jxl,image/*,*/*;q=0.5', 'a picture, by Safari'],
  ['text/css,*/*;q=0.1', 'a style sheet'],
  [
    'audio/webm,audio/ogg,audio/wav,audio/*;q=0.9,application/ogg;q=0.7,video/*;q=0.6,*/*;q=0.5',
    'sound, by Firefox',
  ],
  ['application/font-woff2;q=1.0,application/font-woff;q=0.9,*/*;q=0.8', 'a font'],
  ['text/html, application/json;q=0.9', 'a page rather than JSON'],
])('%s asks for anything: %s', value => {
  expect(acceptClass(value)).toBe('any');
});

test.each([
  'application/json',
  'application/json, text/plain, */*',
  'APPLICATION/JSON;q=0.8, text/html;q=0.5',
  'application/problem+json',
  'text/html;q=0.1, application/ld+json',
])('%s asks for JSON first', value => {
  expect(acceptClass(value)).toBe('json');
});

test.each([
  'evil',
  'evil/marker, */*',
  'text/<script>, */*',
  'text/html;x="</script>"',
  'text/html;q=evil',
  'text/html evil',
  'text/vnd.turbo-stream.html, text/html',
  'application/vnd.github+json',
  'text/event-stream',
  '__proto__/x',
  'constructor/name',
])('%s is peculiar', value => {
  expect(acceptClass(value)).toBe('peculiar');
});
