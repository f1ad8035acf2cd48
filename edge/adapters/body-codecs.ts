/**
 * The codecs of stored values in a Worker, which has them by its flag `nodejs_compat`: the same as in Node, because a
 * Worker and a Lambda may share one cache.
 */
import * as zlib from 'node:zlib';
import { createZlibCodecs } from '../../shared/cache/zlib-codecs.ts';

export const BODY_CODECS = createZlibCodecs(zlib);
