import { expect } from 'vitest';
import { type Case, runCases } from './case.ts';

const STALE = { 'cache-control': 'max-age=3600', age: '3600', etag: '"a"' };
const RENEWED = { 'cache-control': 'max-age=3600', etag: '"a"' };

const END_TO_END: Record<string, [before: string, after: string]> = {
  'test-header': ['1', '2'],
  'x-test-header': ['1', '2'],
  'content-foo': ['1', '2'],
  'x-content-foo': ['1', '2'],
  'content-location': ['/a', '/b'],
  'content-md5': ['YQ==', 'Yg=='],
  'content-security-policy': ["default-src 'self'", "default-src 'none'"],
  'clear-site-data': ['"cache"', '"cookies"'],
  'content-language': ['en', 'de'],
  'last-modified': ['Sun, 06 Nov 1994 08:49:37 GMT', 'Sun, 06 Nov 1994 08:49:37 GMT'],
  'public-key-pins': ['a', 'b'],
  'x-frame-options': ['deny', 'sameorigin'],
  'x-xss-protection': ['1', '0'],
  link: ['</a>; rel=preload', '</b>; rel=preload'],
  server: ['one', 'two'],
};
const DESCRIBES_THE_BYTES: Record<string, [string, string]> = {
  'content-type': ['text/plain;charset=utf-8', 'text/html'],
  'content-encoding': ['x-own', 'x-other'],
};
const HOP_BY_HOP = [
  'keep-alive',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
];
const ETERNAL = { 'cache-control': 'max-age=3600' };

runCases('what is stored with a response (RFC 9111 §3.1)', [
  ...Object.entries({ ...END_TO_END, ...DESCRIBES_THE_BYTES }).map(
    ([name, [value]]): Case => [
      name,
      { origin: { headers: { ...ETERNAL, [name]: value }, body: 'page' }, fields: { [name]: value } },
      { served: true, body: 'page', fields: { [name]: value } },
    ],
  ),
  ...HOP_BY_HOP.map(
    (name): Case => [
      `${name} belongs to the connection`,
      {
        origin: { headers: { ...ETERNAL, [name]: 'a' } },
        fields: { [name]: name === 'keep-alive' ? expect.not.stringMatching(/^a$/) : undefined },
      },
      {
        served: true,
        fields: { [name]: name === 'keep-alive' ? expect.not.stringMatching(/^a$/) : undefined },
      },
    ],
  ),
  [
    'and so does what Connection names',
    { origin: { headers: { ...ETERNAL, connection: 'A, b', a: '1', b: '2', c: '3' } } },
    { served: true, fields: { a: undefined, b: undefined, c: '3' } },
  ],
  [
    'cookies are for the first one alone',
    { origin: { headers: { ...ETERNAL, 'set-cookie': 'a=1' } }, fields: { 'set-cookie': ['a=1'] } },
    { served: false },
  ],
  [
    'Date and Expires stay as they came, Age grows',
    {
      origin: {
        headers: {
          date: 'Sun, 06 Nov 1994 08:49:37 GMT',
          expires: 'Sun, 06 Nov 1994 09:49:37 GMT',
          age: '5',
        },
      },
    },
    {
      served: true,
      fields: {
        date: 'Sun, 06 Nov 1994 08:49:37 GMT',
        expires: 'Sun, 06 Nov 1994 09:49:37 GMT',
        age: expect.stringMatching(/^[5-9]$/),
      },
    },
  ],
]);

runCases('what a 304 changes (RFC 9111 §3.2, §4.3.4)', [
  ...Object.entries(END_TO_END).map(
    ([name, [before, after]]): Case => [
      `${name} is replaced, in the answer and in the store`,
      { origin: { headers: { ...STALE, [name]: before }, body: 'page' } },
      {
        origin: { status: 304, headers: { ...RENEWED, [name]: after } },
        served: false,
        status: 200,
        body: 'page',
        fields: { [name]: after },
      },
      { served: true, body: 'page', fields: { [name]: after } },
    ],
  ),
  ...Object.entries({ ...END_TO_END, ...DESCRIBES_THE_BYTES }).map(
    ([name, [before]]): Case => [
      `${name} stays where the 304 says nothing of it`,
      { origin: { headers: { ...STALE, [name]: before }, body: 'page' } },
      { origin: { status: 304, headers: RENEWED }, fields: { [name]: before } },
      { served: true, fields: { [name]: before } },
    ],
  ),
  ...Object.entries(DESCRIBES_THE_BYTES).map(
    ([name, [before, after]]): Case => [
      `${name} stays: it says how to read the bytes that are stored`,
      { origin: { headers: { ...STALE, [name]: before }, body: 'page' } },
      { origin: { status: 304, headers: { ...RENEWED, [name]: after } }, fields: { [name]: before } },
      { served: true, body: 'page', fields: { [name]: before } },
    ],
  ),
  [
    'Content-Length stays',
    { origin: { headers: { ...STALE, 'content-length': '4' }, body: 'page' } },
    {
      origin: { status: 304, headers: { ...RENEWED, 'content-length': '99' } },
      body: 'page',
      fields: { 'content-length': '4' },
    },
    { served: true, body: 'page', fields: { 'content-length': '4' } },
  ],
  [
    'Expires gives a new life',
    { origin: { headers: { expires: 'Sun, 06 Nov 1994 08:49:37 GMT', etag: '"a"' } } },
    {
      origin: { status: 304, headers: { expires: 'Sun, 06 Nov 2094 08:49:37 GMT', etag: '"a"' } },
      served: false,
    },
    { served: true, fields: { expires: 'Sun, 06 Nov 2094 08:49:37 GMT' } },
  ],
  [
    'the age of a 304 that came through another cache counts',
    { origin: { headers: STALE, body: 'page' } },
    {
      origin: { status: 304, headers: { ...RENEWED, age: '3599' } },
      fields: { age: expect.stringMatching(/^359\d$|^36/) },
    },
    { fields: { age: expect.stringMatching(/^359\d$|^36/) } },
  ],
  [
    'and makes it stale again',
    { origin: { headers: STALE, body: 'page' } },
    { origin: { status: 304, headers: { ...RENEWED, age: '3600' } }, served: false, body: 'page' },
    { served: false },
  ],
  [
    'a 304 without a lifetime leaves the old one, counted anew',
    { origin: { headers: STALE, body: 'page' } },
    { origin: { status: 304, headers: { etag: '"a"' } }, served: false, body: 'page' },
    { served: true, body: 'page' },
  ],
]);
