import { describe, expect, it } from 'vitest';
import { sniffImage } from '../../../../shared/images/source/sniff.ts';

const bytes = (text: string) => Uint8Array.from(text, character => character.charCodeAt(0));
const sniff = (text: string) => sniffImage(bytes(text));

describe('the first bytes tell', () => {
  it.each([
    ['\xff\xd8\xff\xe0', 'jpeg'],
    ['\x89PNG\r\n\x1a\n', 'png'],
    ['GIF89a', 'gif'],
    ['RIFF\0\0\0\0WEBP', 'webp'],
    ['\0\0\0\x1cftypavif\0\0\0\0', 'avif'],
    ['\0\0\0\x18ftypmif1\0\0\0\0avif', 'avif'],
    ['II*\0', 'tiff'],
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'svg'],
    ['\n<?xml version="1.0"?>\n<!-- x --><!DOCTYPE svg PUBLIC "x" "y" [<!ENTITY a "b">]>\n<svg>', 'svg'],
    ['<s:svg xmlns:s="http://www.w3.org/2000/svg">', 'svg'],
  ])('%j is %s', (text, type) => {
    expect(sniff(text)).toBe(type);
  });

  it.each([
    '',
    '\xff\xd8',
    '<html><svg></svg></html>',
    '<svgx>',
    '%PDF-1.7',
    'RIFF\0\0\0\0WAVE',
    '\0\0\0\x18ftypheic\0\0\0\0mif1',
    '\0\0\0\x10ftypmp42avif',
    'BM',
  ])('%j is none', text => {
    expect(sniff(text)).toBeUndefined();
  });
});
