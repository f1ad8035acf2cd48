/**
 * The codecs of stored values in Node: zstd where this version has it.
 */
import zlib from 'node:zlib';
import { createZlibCodecs } from '../../shared/cache/zlib-codecs.ts';

export const BODY_CODECS = createZlibCodecs(zlib);
