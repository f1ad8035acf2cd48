/**
 * What rules of scaling may look at, as CloudWatch has it: of a target itself, and of the edge before it.
 *
 * Shape   place, namespace -> metrics by the names that rules use
 * Errors  none (total)
 * Source  Amazon ECS, "CloudWatch metrics"; Lambda, "Types of metrics" (ProvisionedConcurrencyUtilization)
 */

import { Duration } from 'aws-cdk-lib';
import { type IMetric, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ScalablePlace } from '../../shared/scaling/place.ts';
import type { ScalingMetric } from '../../shared/scaling/rule.ts';
import { plain, responseTimeMetric } from './cloudwatch-signal.ts';

const PERIOD_MS = 60_000;

export function scalingMetrics(
  place: ScalablePlace,
  namespace: string,
): Readonly<Partial<Record<ScalingMetric, IMetric>>> {
  return {
    ...OWN[place.kind](place.resourceId),
    'response-time': responseTimeMetric(namespace),
    'queue-length': plain('JobsWaiting', 'Maximum', { namespace, periodMs: PERIOD_MS }),
  };
}

const OWN = {
  /** service/cluster/name */
  ecs(resourceId: string) {
    const [, ClusterName = '', ServiceName = ''] = resourceId.split('/');
    const of = (metricName: string) =>
      metricOf('AWS/ECS', metricName, { dimensionsMap: { ClusterName, ServiceName }, statistic: 'Average' });
    return { cpu: of('CPUUtilization'), memory: of('MemoryUtilization') };
  },
  /** function:name:alias; AWS tells a share, and rules are in percent: only tracking uses it. */
  lambda: () => ({}),
} as const satisfies Record<
  ScalablePlace['kind'],
  (resourceId: string) => Partial<Record<ScalingMetric, IMetric>>
>;

function metricOf(
  namespace: string,
  metricName: string,
  rest: { readonly dimensionsMap: Record<string, string>; readonly statistic: string },
): Metric {
  return new Metric({ namespace, metricName, ...rest, period: Duration.millis(PERIOD_MS) });
}
