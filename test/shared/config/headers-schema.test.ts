import { expect, it } from 'vitest';
import { headersSchema } from '../../../shared/config/headers-schema.ts';

const isAccepted = (input: unknown) => headersSchema().safeParse(input).success;

it.each([
  { forward: ['X-Flag'] },
  { response: { 'Cache-Control': 'public, max-age=60', 'X-Robots-Tag': 'noindex' } },
  { security: true },
  { security: false },
  { security: { frameOptions: false, contentSecurityPolicy: "default-src 'self'" } },
  { security: { transportSecurity: { maxAgeSeconds: 31_536_000, includeSubDomains: true } } },
])('%j is accepted', input => {
  expect(isAccepted(input)).toBe(true);
});

it.each([
  { forward: ['a b'] },
  { response: { 'Content-Length': '5' } },
  { response: { 'set-cookie': 'a=1' } },
  { response: { Connection: 'close' } },
  { response: { 'X-A': 'a\r\nX-B: b' } },
  { response: { 'X-A': '' } },
  { security: { frameOptions: 'ALLOWALL' } },
  { security: { contentSecurityPolicy: 'a\nb' } },
  { security: { transportSecurity: { maxAgeSeconds: -1 } } },
  { security: { hsts: true } },
  { request: {} },
])('%j is not', input => {
  expect(isAccepted(input)).toBe(false);
});
