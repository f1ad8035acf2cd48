import { describe, expect, it } from 'vitest';
import type { Fields } from '../../../shared/http/fields.ts';
import { selectForwardedFields, selectPassedFields } from '../../../shared/http/forward-request.ts';

const NONE: ReadonlySet<string> = new Set();
const NOTHING_NAMED = { keyed: NONE, forwarded: NONE };

const BROWSER: Fields = [
  ['host', 'example.com'],
  ['connection', 'keep-alive, x-hop'],
  ['x-hop', '1'],
  ['user-agent', 'Mozilla/5.0'],
  ['accept', 'text/html'],
  ['accept-encoding', 'gzip, deflate, br'],
  ['accept-language', 'de'],
  ['sec-fetch-mode', 'navigate'],
  ['cookie', 'a=1'],
  ['if-none-match', '"a"'],
  ['x-forwarded-host', 'evil.example'],
];

describe('selectForwardedFields', () => {
  it('sends of a browser request what may shape a shared answer, and nothing else', () => {
    expect(selectForwardedFields(BROWSER, NOTHING_NAMED)).toEqual({
      fields: [
        ['accept', 'text/html'],
        ['cookie', 'a=1'],
        ['accept-encoding', 'br, gzip'],
      ],
      unnamedHeaders: [],
    });
  });

  it('sends keyed headers as well', () => {
    const { fields } = selectForwardedFields(BROWSER, {
      keyed: new Set(['accept-language']),
      forwarded: NONE,
    });
    expect(fields).toContainEqual(['accept-language', 'de']);
  });

  it('sends unknown headers and names each once', () => {
    const request: Fields = [
      ['x-b', '1'],
      ['x-a', '2'],
      ['x-b', '3'],
    ];
    expect(selectForwardedFields(request, NOTHING_NAMED)).toEqual({
      fields: request,
      unnamedHeaders: ['x-b', 'x-a'],
    });
  });

  it('adds no Accept-Encoding where the client sent none', () => {
    expect(selectForwardedFields([['accept', '*/*']], NOTHING_NAMED).fields).toEqual([['accept', '*/*']]);
  });

  it('does not let Connection take credentials away, nor let them through by another name', () => {
    const request: Fields = [
      ['connection', 'cookie, authorization'],
      ['cookie', 'a=1'],
      ['authorization', 'Bearer x'],
    ];
    expect(selectForwardedFields(request, NOTHING_NAMED).fields.map(([name]) => name)).toEqual([
      'cookie',
      'authorization',
    ]);
  });
});

describe('selectPassedFields', () => {
  it('takes from other requests only what belongs to the connection or overrides', () => {
    const names = selectPassedFields(BROWSER, NONE).map(([name]) => name);
    expect(names).toEqual([
      'host',
      'user-agent',
      'accept',
      'accept-encoding',
      'accept-language',
      'sec-fetch-mode',
      'cookie',
      'if-none-match',
    ]);
  });
});
