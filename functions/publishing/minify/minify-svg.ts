/**
 * SVG, by svgo. Ids stay, since a page or a style sheet may use them.
 *
 * Errors  svgo's, for what is no SVG
 */

export async function minifySvg(text: string): Promise<string> {
  const { optimize } = await import('svgo');
  const { data } = optimize(text, {
    plugins: [{ name: 'preset-default', params: { overrides: { cleanupIds: false } } }],
  });
  return data;
}
