/** The mill wheel: the hit ratio in its hub, where answers came from around it, turning as fast as requests come. */

import { s, show } from './dom.js';
import { percent } from './format.js';

const RADIUS = 96;
const PADDLES = 16;
const GAP = 0.7;

/** A wheel in the host; draw({ hitRatio, says, parts: [{ name, share }], perSecond }). */
export function createWheel(host) {
  const ring = s('g', { class: 'ring', transform: 'rotate(-90)' });
  const turning = s('g', { class: 'turning' }, ...paddles());
  const ratio = s('text', { class: 'hub', y: 10, 'text-anchor': 'middle' });
  const words = s('text', { class: 'hub-says', y: 36, 'text-anchor': 'middle' });
  const wheel = s('svg', { viewBox: '-132 -132 264 264', role: 'img' }, turning, ring, ratio, words);
  host.replaceChildren(wheel);
  const motion = turning.animate([{ transform: 'rotate(0)' }, { transform: 'rotate(360deg)' }], {
    duration: 60_000,
    iterations: Number.POSITIVE_INFINITY,
  });
  const still = matchMedia('(prefers-reduced-motion: reduce)');
  motion.pause();
  const draw = ({ hitRatio, says = 'hit ratio', parts, perSecond }) => {
    const [figure, unit] = percent(hitRatio).split('\u202f');
    show(ratio, figure, unit && s('tspan', { class: 'unit', dx: 3 }, unit));
    show(words, says);
    show(ring, s('circle', { r: RADIUS, class: 'track' }), ...arcs(parts));
    wheel.setAttribute(
      'aria-label',
      `${says[0].toUpperCase()}${says.slice(1)} ${percent(hitRatio)}. ${namesOf(parts)}`,
    );
    if (still.matches || !perSecond) return motion.pause();
    motion.updatePlaybackRate(Math.min(12, 1 + 1.5 * Math.log2(1 + perSecond)));
    motion.play();
  };
  draw({ parts: [] });
  return draw;
}

function arcs(parts) {
  let from = 0;
  return parts
    .filter(({ share }) => share > 0)
    .map(({ name, share }, _, drawn) => {
      const gap = drawn.length > 1 ? GAP : 0;
      const length = Math.max(0.4, share * 100 - gap);
      const arc = s('circle', {
        r: RADIUS,
        pathLength: 100,
        class: `arc of-${name}`,
        'stroke-dasharray': `${length} ${100 - length}`,
        'stroke-dashoffset': -from,
      });
      from += share * 100;
      return arc;
    });
}

function paddles() {
  return Array.from({ length: PADDLES }, (_, at) => {
    const angle = (360 / PADDLES) * at;
    return s(
      'g',
      { transform: `rotate(${angle})` },
      s('path', { d: 'M-2-110q-1-10 8-18', class: 'paddle' }),
      s('line', { y1: -84, y2: -66, class: 'spoke' }),
    );
  });
}

function namesOf(parts) {
  return parts.map(({ label, share }) => `${label} ${percent(share)}`).join(', ');
}
