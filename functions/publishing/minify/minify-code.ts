/**
 * JavaScript and CSS, by esbuild. Names that another script could use stay as they are, licences too.
 *
 * Errors  esbuild's, for what is not in its language
 */

export async function minifyCode(text: string, loader: 'css' | 'js'): Promise<string> {
  const { transform } = await import('esbuild');
  const { code } = await transform(text, {
    loader,
    minify: true,
    legalComments: 'inline',
    charset: 'utf8',
    logLevel: 'silent',
  });
  return code;
}
