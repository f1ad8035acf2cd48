/**
 * HTML, by html-minifier-next, in its careful settings: white space is reduced to one space, never to none, since a style
 * sheet may give it a meaning; conditional comments and those of servers stay.
 *
 * Errors  the library's, for what it cannot parse
 */

export async function minifyHtml(text: string): Promise<string> {
  const { minify } = await import('html-minifier-next');
  return minify(text, {
    collapseWhitespace: true,
    conservativeCollapse: true,
    collapseBooleanAttributes: true,
    removeComments: true,
    ignoreCustomComments: [/^!/, /^\s*#/],
  });
}
