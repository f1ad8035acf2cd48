/**
 * What a product's picture shows, decided by its number alone: turned shapes on a table before a wall, in its own light.
 *
 * Shape   number -> SVG; the same number gives the same text on every machine
 */

import { createSeededRandom } from '../../../../shared/primitives/seeded-random.ts';

export const WIDTH = 1_200;
export const HEIGHT = 900;

const TABLE_Y = 690;
const APART = 290;

export function sceneOf(number: number): string {
  const chance = createSeededRandom(Math.imul(number, 0x9e3779b1));
  const hue = Math.floor(chance() * 360);
  const count = 1 + Math.floor(chance() * 3);
  const first = WIDTH / 2 - ((count - 1) * APART) / 2;
  const shapes = Array.from({ length: count }, (_, at) => vessel(chance, hue, { at, x: first + at * APART }));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">
<defs>
<radialGradient id="wall" cx="${30 + chance() * 40}%" cy="25%" r="90%"><stop offset="0" stop-color="hsl(${hue},28%,88%)"/>
<stop offset="1" stop-color="hsl(${hue},24%,58%)"/></radialGradient>
<linearGradient id="table" x2="0" y2="1"><stop offset="0" stop-color="hsl(${(hue + 30) % 360},22%,52%)"/>
<stop offset="1" stop-color="hsl(${(hue + 30) % 360},26%,30%)"/></linearGradient>
</defs>
<rect width="${WIDTH}" height="${HEIGHT}" fill="url(#wall)"/>
<rect y="${TABLE_Y - 40}" width="${WIDTH}" height="${HEIGHT - TABLE_Y + 40}" fill="url(#table)"/>
${shapes.join('\n')}
</svg>`;
}

/** Its outline, as a potter would turn it: the right side is the left side's mirror. */
function vessel(chance: () => number, hue: number, { at, x }: { at: number; x: number }): string {
  const height = 220 + chance() * 340;
  const radii = Array.from({ length: 4 }, () => 40 + chance() * 110);
  const tone = (hue + 150 + chance() * 80) % 360;
  const heights = [0, 0.35, 0.7, 1].map(part => TABLE_Y - height * part);
  const side = (sign: number) =>
    radii.map((radius, step) => [x + sign * radius, heights[step] ?? 0] as const);
  const [left, right] = [side(-1), side(1).reverse()];
  const gradient = `<linearGradient id="v${at}"><stop offset="0" stop-color="hsl(${tone},34%,30%)"/>
<stop offset=".4" stop-color="hsl(${tone},40%,64%)"/><stop offset="1" stop-color="hsl(${tone},34%,24%)"/></linearGradient>`;
  const rim = radii[3] ?? 0;
  return `${gradient}
<ellipse cx="${x + 30}" cy="${TABLE_Y + 4}" rx="${(radii[0] ?? 0) * 1.35}" ry="18" fill="rgba(0,0,0,.28)"/>
<path d="${curve(left, 'M')} ${curve(right, 'L')} Z" fill="url(#v${at})"/>
<ellipse cx="${x}" cy="${TABLE_Y - height}" rx="${rim}" ry="${rim / 5}" fill="hsl(${tone},30%,18%)"/>`;
}

type Point = readonly [x: number, y: number];

/** Upright tangents in each point, so that the outline swells and narrows without a corner. */
function curve(points: readonly Point[], start: 'M' | 'L'): string {
  return points
    .map(([x, y], at) => {
      const before = points[at - 1];
      if (before === undefined) return `${start}${round(x)},${round(y)}`;
      const middle = round((before[1] + y) / 2);
      return `C${round(before[0])},${middle} ${round(x)},${middle} ${round(x)},${round(y)}`;
    })
    .join(' ');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
