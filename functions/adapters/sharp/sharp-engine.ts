/**
 * The image engine on sharp.
 *
 * Errors  as the port: what a source can be is a Refusal; time is counted on the wall clock besides libvips' own limit, which
 *         does not see an encoder at work
 * Cost    `inspect` some microseconds, a quarter of a millisecond for what is neither JPEG nor PNG; decoding and encoding in libuv's threads, four at once
 */
import type { ImageEngine, Inspected } from '../../../shared/images/engine.ts';
import type { Plan, WatermarkStep } from '../../../shared/images/plan/plan.ts';
import { uprightSize } from '../../../shared/images/plan/source-facts.ts';
import { isRefusal, type Refusal, refuse } from '../../../shared/images/refusal.ts';
import type { ImageSettings } from '../../../shared/images/settings.ts';
import { readRights } from '../../../shared/images/source/exif-rights.ts';
import { readJpegHeader } from '../../../shared/images/source/jpeg-header.ts';
import { readPngHeader } from '../../../shared/images/source/png-header.ts';
import { type SourceType, sniffImage } from '../../../shared/images/source/sniff.ts';
import { GAVE_UP, outwait } from '../../../shared/primitives/single-flight.ts';
import { carryOut } from './carry-out.ts';
import { describeImage } from './describe.ts';
import { encode } from './encode.ts';
import { refusing } from './failures.ts';
import { openHeader, openImage } from './open.ts';
import { makeOverlay } from './overlay.ts';
import { type NodeProgram, rasteriseSvg } from './rasterise-svg.ts';

export interface EngineOptions extends Pick<ImageSettings, 'limits' | 'svg'> {
  /** Draws SVGs, in a process of its own. Without it they are refused. */
  readonly node?: NodeProgram;
}

export function createSharpEngine({ limits, svg, node }: EngineOptions): ImageEngine {
  const inTime = <Result>(work: () => Promise<Result>) => withinTime(() => refusing(work), limits.timeoutMs);
  return {
    async inspect(bytes) {
      if (bytes.byteLength === 0) return refuse('IMAGE_SOURCE_EMPTY', 'it has no bytes');
      const type = sniffImage(bytes);
      if (type === undefined)
        return refuse('IMAGE_TYPE_UNSUPPORTED', 'its first bytes are those of no image');
      if (type !== 'svg') return refusing(() => readHeader(bytes, type));
      if (svg === 'refuse' || node === undefined)
        return refuse('IMAGE_SVG_REFUSED', 'an SVG is a program, not a picture');
      const drawn = await rasteriseSvg(bytes, { timeoutMs: limits.timeoutMs, node });
      return isRefusal(drawn) ? drawn : refusing(() => readHeader(drawn, type));
    },
    trim: ({ bytes, facts }, threshold) =>
      inTime(async () => {
        const image = openImage(bytes, { limits, frames: 'first' }).keepIccProfile();
        return readHeader(
          await image.trim({ threshold }).png({ compressionLevel: 1 }).toBuffer(),
          facts.type,
        );
      }),
    make: (source, plan, watermark) =>
      inTime(async () => {
        const image = openImage(source.bytes, { limits, frames: plan.frames });
        const upright = uprightSize(source.facts);
        const overlay = await overlayOf(plan, watermark);
        const made = encode(
          carryOut(plan.keepRights ? await signed(image) : image, plan, { upright, overlay }),
          plan.encoding,
        );
        return { bytes: await made.toBuffer(), contentType: `image/${plan.encoding.format}` };
      }),
    describe: source => inTime(() => describeImage(source, limits)),
  };

  async function overlayOf({ steps }: Plan, watermark: Uint8Array | undefined) {
    const step = steps.find((step): step is WatermarkStep => step.step === 'watermark');
    return step && watermark && makeOverlay(watermark, step, limits);
  }
}

/** The commonest are read by hand: opening one more time for its header costs as much as a tenth of a thumbnail. */
async function readHeader(bytes: Uint8Array, type: SourceType): Promise<Inspected> {
  const facts = type === 'jpeg' ? readJpegHeader(bytes) : type === 'png' ? readPngHeader(bytes) : undefined;
  return facts ? { bytes, facts } : askForHeader(bytes, type);
}

async function askForHeader(bytes: Uint8Array, type: SourceType): Promise<Inspected> {
  const { width, height, orientation = 1, pages = 1, hasAlpha } = await openHeader(bytes).metadata();
  const moves = type === 'gif' || type === 'webp';
  return { bytes, facts: { type, width, height, orientation, frames: moves ? pages : 1, hasAlpha } };
}

/** Everything else that EXIF says is left behind: where it was taken, with what, by whose camera. */
async function signed(image: ReturnType<typeof openImage>) {
  const { exif } = await image.metadata();
  const rights = exif ? readRights(exif) : {};
  return Object.keys(rights).length === 0 ? image : image.withExif({ IFD0: { ...rights } });
}

async function withinTime<Result>(work: () => Promise<Result>, timeoutMs: number): Promise<Result | Refusal> {
  const done = await outwait(work(), timeoutMs);
  return done === GAVE_UP ? refuse('IMAGE_TOO_SLOW', `it was given ${timeoutMs} ms`) : done;
}
