/**
 * What every contender is asked for.
 *
 * Shape   scenario, width -> the plan's own words, as each contender takes them
 * Units   pixels
 */

import { qualityFor } from '../../../shared/images/resolve/quality.ts';

export interface Scenario {
  readonly name: string;
  readonly source: string;
  readonly width: number;
  readonly format: 'avif' | 'webp' | 'jpeg';
  readonly requests: number;
}

export const SCENARIOS: readonly Scenario[] = [
  { name: 'JPEG 1024 to WebP 640', source: 'boats.jpg', width: 640, format: 'webp', requests: 12 },
  { name: 'JPEG 1024 to WebP 96', source: 'boats.jpg', width: 96, format: 'webp', requests: 40 },
  { name: 'JPEG 1024 to JPEG 640', source: 'boats.jpg', width: 640, format: 'jpeg', requests: 12 },
  { name: 'PNG 800 to WebP 320', source: 'drawing.png', width: 320, format: 'webp', requests: 20 },
  { name: 'JPEG 1024 to AVIF 640', source: 'boats.jpg', width: 640, format: 'avif', requests: 8 },
];

/** What looks like JPEG's 75 in each format: said in full, so that all contenders encode alike. */
export function qualityOf({ format }: Pick<Scenario, 'format'>): number {
  return qualityFor(format, 75);
}

export function headracePath({ source, format }: Scenario, width: number, quality: number): string {
  return `/images/width=${width},format=${format},quality=${quality}/${source}`;
}

export function ipxPath({ source, format }: Scenario, width: number, quality?: number): string {
  const options = [`w_${width}`, `f_${format}`, ...(quality === undefined ? [] : [`q_${quality}`])];
  return `/${options.join(',')}/${source}`;
}

export function barePath({ source, format }: Scenario, width: number, quality: number): string {
  return `/${source}?width=${width}&format=${format}&quality=${quality}`;
}
