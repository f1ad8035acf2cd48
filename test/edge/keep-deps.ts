/**
 * What the steps that keep answers need, as the proxy gives it to them, on web standards alone.
 */

import { createEncoder } from '../../edge/proxy/keeping/encode.ts';
import type { KeepDeps } from '../../edge/proxy/keeping/keeping.ts';
import { createKnownSearch } from '../../edge/proxy/keeping/known-search.ts';
import { createRecordingRoom, roomBytes } from '../../edge/proxy/keeping/recording-room.ts';
import type { Plan } from '../../shared/config/plan.ts';

export function keepDepsOf(plan: Plan): KeepDeps {
  return {
    limits: plan.limits,
    createPipe: () => new TransformStream(),
    encoder: createEncoder([]),
    knownSearch: createKnownSearch(),
    room: createRecordingRoom(roomBytes(plan), Date.now),
  };
}
