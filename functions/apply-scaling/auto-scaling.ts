/**
 * Application Auto Scaling through the SDK, in the words of the rules.
 *
 * Errors  those of the SDK, after its own retries
 * Cost    one request each; the API is free
 * Source  Application Auto Scaling API Reference, RegisterScalableTarget, DescribeScalableTargets, DescribeScalingActivities
 */

import {
  type ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
  DescribeScalingActivitiesCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import type { AppliedBounds } from '../../shared/scaling/override.ts';
import type { ScalablePlace } from '../../shared/scaling/place.ts';
import { SCALABLE } from '../../shared/scaling/place.ts';
import type { ScalingActivity } from '../../shared/scaling/store.ts';

export interface AutoScaling {
  /** Undefined where nothing scales it: it was not deployed yet. */
  bounds(place: ScalablePlace): Promise<AppliedBounds | undefined>;
  register(place: ScalablePlace, bounds: AppliedBounds): Promise<void>;
  /** The latest first. */
  activities(place: ScalablePlace): Promise<readonly ScalingActivity[]>;
}

const MOST_ACTIVITIES = 10;

export function createAutoScaling(client: Pick<ApplicationAutoScalingClient, 'send'>): AutoScaling {
  return {
    async bounds({ kind, resourceId }) {
      const { namespace, dimension } = SCALABLE[kind];
      const { ScalableTargets: [found] = [] } = await client.send(
        new DescribeScalableTargetsCommand({
          ServiceNamespace: namespace,
          ScalableDimension: dimension,
          ResourceIds: [resourceId],
        }),
      );
      if (!found) return undefined;
      const { DynamicScalingInSuspended: isIn, DynamicScalingOutSuspended: isOut } =
        found.SuspendedState ?? {};
      return {
        min: found.MinCapacity ?? 0,
        max: found.MaxCapacity ?? 0,
        isSuspended: Boolean(isIn && isOut),
      };
    },
    async register({ kind, resourceId }, { min, max, isSuspended }) {
      const { namespace, dimension } = SCALABLE[kind];
      await client.send(
        new RegisterScalableTargetCommand({
          ServiceNamespace: namespace,
          ScalableDimension: dimension,
          ResourceId: resourceId,
          MinCapacity: min,
          MaxCapacity: max,
          SuspendedState: {
            DynamicScalingInSuspended: isSuspended,
            DynamicScalingOutSuspended: isSuspended,
            ScheduledScalingSuspended: isSuspended,
          },
        }),
      );
    },
    async activities({ kind, resourceId }) {
      const { namespace, dimension } = SCALABLE[kind];
      const { ScalingActivities = [] } = await client.send(
        new DescribeScalingActivitiesCommand({
          ServiceNamespace: namespace,
          ScalableDimension: dimension,
          ResourceId: resourceId,
          MaxResults: MOST_ACTIVITIES,
        }),
      );
      return ScalingActivities.map(({ StartTime, StatusCode = 'Pending', Description = '', Cause = '' }) => ({
        at: StartTime?.getTime() ?? 0,
        status: StatusCode,
        says: `${Description} ${Cause}`.trim(),
      }));
    },
  };
}
