/**
 * The plan of a picture: every step with its numbers, in the order they are taken, and how the result is encoded.
 *
 * It is plain data. Whoever makes it needs no engine, and whoever carries it out decides nothing.
 */
import type { Box, Margins, SIDES, STRATEGIES } from '../options.ts';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface ResizeStep {
  readonly step: 'resize';
  /** One of them may be open: it follows from the picture's proportions. */
  readonly width?: number;
  readonly height?: number;
  readonly fit: 'inside' | 'cover' | 'fill' | 'contain' | 'outside';
  readonly position?: (typeof SIDES)[number] | (typeof STRATEGIES)[number];
  readonly enlarge: boolean;
  readonly background?: string;
}

export interface WatermarkStep {
  readonly step: 'watermark';
  readonly key: string;
  readonly gravity: (typeof SIDES)[number];
  /** As large as fits in here, in its own proportions. */
  readonly within: Size;
  readonly opacity: number;
}

export type Step =
  | { readonly step: 'crop'; readonly box: Box }
  | { readonly step: 'rotate'; readonly degrees: 90 | 180 | 270 }
  | ResizeStep
  /** After resizing: what a focal point leaves. */
  | { readonly step: 'cut'; readonly box: Box }
  | { readonly step: 'flip'; readonly axis: 'h' | 'v' | 'hv' }
  | ({ readonly step: 'pad'; readonly background: string } & Margins)
  | { readonly step: 'flatten'; readonly background: string }
  | { readonly step: 'grayscale' }
  | { readonly step: 'tint'; readonly colour: string }
  | { readonly step: 'blur'; readonly sigma: number }
  | { readonly step: 'sharpen'; readonly sigma: number }
  | WatermarkStep;

/** Whether colour has the full resolution, or half of it each way. */
export type Chroma = '4:2:0' | '4:4:4';

export type Encoding =
  | { readonly format: 'avif'; readonly quality: number; readonly effort: number; readonly chroma: Chroma }
  | { readonly format: 'webp'; readonly quality: number; readonly effort: number }
  | { readonly format: 'jpeg'; readonly quality: number; readonly optimised: boolean }
  /** With either its colours are reduced to a palette. */
  | { readonly format: 'png'; readonly quality?: number; readonly colours?: number }
  | { readonly format: 'gif' };

export interface Plan {
  readonly frames: 'first' | 'all';
  readonly steps: readonly Step[];
  /** What comes out. */
  readonly size: Size;
  readonly encoding: Encoding;
  readonly profile: 'srgb' | 'p3';
  readonly keepRights: boolean;
}
