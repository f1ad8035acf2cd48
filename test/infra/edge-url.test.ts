import { describe, expect, it } from 'vitest';
import { findEdgeUrl } from '../../infra/edge-url.ts';

describe('findEdgeUrl', () => {
  it('prefers what the environment says', () => {
    expect(findEdgeUrl('https://edge.example/', ['www.example'])).toBe('https://edge.example');
  });

  it('takes the first host of the configuration otherwise', () => {
    expect(findEdgeUrl(undefined, ['www.example', 'other.example'])).toBe('https://www.example');
    expect(findEdgeUrl(' ', ['www.example:8443'])).toBe('https://www.example:8443');
  });

  it('finds none when nothing is given', () => {
    expect(findEdgeUrl(undefined, [])).toBeUndefined();
  });

  it.each(['http://edge.example', 'edge.example', 'https://edge.example/path', 'https://user@edge.example'])(
    'refuses %s and names the setting',
    text => {
      expect(() => findEdgeUrl(text, [])).toThrow(`EDGE_URL is ${text}`);
    },
  );
});
