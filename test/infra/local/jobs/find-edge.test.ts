import { describe, expect, it } from 'vitest';
import { findEdge } from '../../../../infra/local/jobs/find-edge.ts';

const stackFile = JSON.stringify({ edge: 'http://127.0.0.1:8787', redis: {} });
const token = 't'.repeat(32);

describe('the edge that is meant', () => {
  it('is the one that runs here, behind its base', () => {
    const environment = { ADMIN_TOKEN: token, HEADRACE_BASE: '/headrace' };
    expect(findEdge({ environment, stackFile })).toEqual({
      ok: true,
      url: 'http://127.0.0.1:8787/headrace',
      token,
    });
  });

  it('is the one of HEADRACE_URL, wherever it runs', () => {
    const environment = { ADMIN_TOKEN: `${token}, other`, HEADRACE_URL: 'https://shop.example.com/x' };
    expect(findEdge({ environment, stackFile })).toEqual({
      ok: true,
      url: 'https://shop.example.com/x',
      token,
    });
  });

  it.each([
    ['no stack runs', { ADMIN_TOKEN: token }, undefined, /npm start/],
    ['the file is broken', { ADMIN_TOKEN: token }, '{"edge":', /npm start/],
    ['the address is none', { ADMIN_TOKEN: token, HEADRACE_URL: 'shop' }, undefined, /HEADRACE_URL must be/],
    ['the token is missing', {}, stackFile, /Set ADMIN_TOKEN/],
  ])('is not known where %s', (_name, environment, file, words) => {
    const found = findEdge({ environment, stackFile: file });
    expect(found).toEqual({ ok: false, sentence: expect.stringMatching(words) });
  });
});
