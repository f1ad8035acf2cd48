/**
 * Whether a path that looks like a file's brought what its extension promises.
 *
 * /account/x.css that answers with someone's account as HTML is how a cache is tricked into keeping it (web cache
 * deception): an operator's rule for files must not hold for it.
 *
 * Shape   path + Content-Type -> 'fits' | 'differs' | 'unknown', where the path promises nothing
 * Errors  none (total)
 * Source  Mirheidari et al., Cached and Confused (USENIX Security 2020); RFC 9110 §8.3
 */

export type FileFit = 'fits' | 'differs' | 'unknown';

export function compareFileType(path: string, contentType: string | undefined): FileFit {
  const promised = TYPES.get(extensionOf(path));
  if (promised === undefined) return 'unknown';
  return promised.test(mediaTypeOf(contentType)) ? 'fits' : 'differs';
}

/** In small letters, without the dot; of the last segment alone. */
export function extensionOf(path: string): string {
  return /\.([a-z0-9]{1,8})$/i.exec(path)?.[1]?.toLowerCase() ?? '';
}

/** Without its parameters. */
export function mediaTypeOf(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** Extensions, and the media types that fit them. */
const TYPES: ReadonlyMap<string, RegExp> = new Map(
  (
    [
      ['css', /^text\/css$/],
      ['js mjs cjs', /^(?:text|application)\/(?:x-)?(?:java|ecma)script$/],
      ['json map webmanifest', /^(?:application|text)\/(?:.+\+)?json$|^text\/plain$/],
      ['avif bmp gif ico jpeg jpg png svg webp', /^image\//],
      ['eot otf ttf woff woff2', /^font\/|^application\/.*font|^application\/octet-stream$/],
      ['aac m4a mp3 mp4 ogg wav webm', /^(?:audio|video)\//],
      ['gz zip', /^application\/(?:x-)?(?:g?zip|octet-stream)/],
      ['pdf', /^application\/pdf$/],
      ['txt', /^text\/plain$/],
      ['wasm', /^application\/wasm$/],
      ['xml', /^(?:application|text)\/(?:(?!xhtml).+\+)?xml$/],
    ] as const
  ).flatMap(([extensions, types]) => extensions.split(' ').map(extension => [extension, types] as const)),
);
