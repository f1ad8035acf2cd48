/**
 * Says a plan's turn, crop and mirroring in the order sharp takes them: where a picture is turned, sharp mirrors it before, and
 * crops it after both; a plan turns, crops, mirrors.
 *
 * Shape   steps, size of the upright source -> steps with the same result
 * Errors  none (total)
 * Source  sharp's pipeline.cc, "Rotate pre-extract"
 */
import type { Box } from '../../../shared/images/options.ts';
import type { Size, Step } from '../../../shared/images/plan/plan.ts';

type Axis = 'h' | 'v' | 'hv';

const OTHER_AXIS = { h: 'v', v: 'h', hv: 'hv' } as const;

export function inSharpOrder(steps: readonly Step[], upright: Size): readonly Step[] {
  const turn = steps.find(step => step.step === 'rotate');
  const mirror = steps.find(step => step.step === 'flip');
  if (turn === undefined || mirror === undefined) return steps;
  const sideways = turn.degrees !== 180;
  const turned = sideways ? { width: upright.height, height: upright.width } : upright;
  return steps.map(step => {
    if (step.step === 'flip') return sideways ? { ...step, axis: OTHER_AXIS[step.axis] } : step;
    return step.step === 'crop' ? { ...step, box: mirrorBox(step.box, turned, mirror.axis) } : step;
  });
}

function mirrorBox({ left, top, width, height }: Box, whole: Size, axis: Axis): Box {
  return {
    left: axis === 'v' ? left : whole.width - left - width,
    top: axis === 'h' ? top : whole.height - top - height,
    width,
    height,
  };
}
