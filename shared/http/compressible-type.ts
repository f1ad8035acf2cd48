/**
 * Which media types shrink when compressed: text in any form, and a few binary ones. Most others already are.
 *
 * Shape   Content-Type -> boolean
 * Errors  none (total): false for what is no media type
 * Source  RFC 9110 §8.3.1; RFC 6839 §3; HTML §9.2 (event streams)
 */

/** An event stream must reach the client as it comes. */
export function isCompressibleType(contentType: string): boolean {
  const [type = ''] = contentType.toLowerCase().split(/[ \t]*;/, 1);
  if (type === 'text/event-stream') return false;
  return type.startsWith('text/') || /\+(?:json|text|xml)$/.test(type) || COMPRESSIBLE_TYPES.has(type);
}

const COMPRESSIBLE_TYPES = new Set([
  'application/graphql',
  'application/javascript',
  'application/json',
  'application/jsonl',
  'application/vnd.ms-fontobject',
  'application/wasm',
  'application/x-javascript',
  'application/x-ndjson',
  'application/xml',
  'application/yaml',
  'font/otf',
  'font/ttf',
  'image/bmp',
  'image/vnd.microsoft.icon',
  'image/x-icon',
]);
