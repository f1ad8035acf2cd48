import sharp from 'sharp';
import { expect, it } from 'vitest';
import { rasteriseSvg } from '../../../../functions/adapters/sharp/rasterise-svg.ts';
import { isRefusal } from '../../../../shared/images/refusal.ts';
import { pixelAt } from '../../optimize-image/pictures.ts';

const SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
const draw = (text: string, timeoutMs = 20_000) =>
  rasteriseSvg(Buffer.from(text), { timeoutMs, node: { path: process.execPath, environment: {} } });

it('draws large enough for most uses', async () => {
  const drawn = await draw(
    `<svg ${SVG} width="10" height="5"><rect width="10" height="5" fill="#00f"/></svg>`,
  );
  if (isRefusal(drawn)) throw new Error(drawn.detail);
  expect(await sharp(drawn).metadata()).toMatchObject({ format: 'png', width: 333, height: 167 });
  expect(await pixelAt(drawn, [0.5, 0.5])).toEqual([0, 0, 255]);
});

it('ends what would never end', async () => {
  const levels = Array.from({ length: 14 }, (_, at) => {
    const inner = at === 0 ? '<circle r="9"/>' : `<use xlink:href="#g${at - 1}"/>`.repeat(9);
    return `<g id="g${at}">${inner}</g>`;
  });
  expect(await draw(`<svg ${SVG} width="99" height="99">${levels.join('')}</svg>`, 300)).toMatchObject({
    code: 'IMAGE_TOO_SLOW',
  });
});

it.each(['<svg', `<svg ${SVG} width="0" height="0"/>`])('refuses %s', async text => {
  expect(await draw(text)).toMatchObject({ code: 'IMAGE_UNREADABLE' });
});
