/**
 * One dashboard: what clients feel first, then the cache, what stands behind it, the jobs, and every alarm.
 *
 * Cost    $3 a month; the first three of an account are free
 */

import { Duration } from 'aws-cdk-lib';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IMetric,
  type IWidget,
  MathExpression,
  Metric,
  PeriodOverride,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { PANELS, type Panel } from '../../shared/monitoring/alerts/panels.ts';
import { signalMetric } from '../monitoring/cloudwatch-signal.ts';

export interface EdgeDashboardProps {
  readonly name: string;
  readonly namespace: string;
  readonly alarms: readonly IAlarm[];
  /** Where the runbook lies. */
  readonly runbook: string;
}

const WIDTH = 24;
const HEIGHT = 6;
const PERIOD_MS = 60_000;

export class EdgeDashboard extends Construct {
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, { name, namespace, alarms, runbook }: EdgeDashboardProps) {
    super(scope, id);
    this.dashboard = new Dashboard(this, 'dashboard', {
      dashboardName: name,
      periodOverride: PeriodOverride.INHERIT,
      defaultInterval: Duration.hours(3),
    });
    const rows = Map.groupBy(PANELS, ({ row }) => row);
    const says = `# ${name}\nWhat each alarm means, and what to do: ${runbook}`;
    this.dashboard.addWidgets(new TextWidget({ markdown: says, width: WIDTH, height: 2 }));
    for (const panels of rows.values())
      this.dashboard.addWidgets(
        ...panels.map(panel => graph(panel, { namespace, width: WIDTH / panels.length })),
      );
    if (alarms.length > 0)
      this.dashboard.addWidgets(
        new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: WIDTH, height: HEIGHT }),
      );
  }
}

function graph(
  { title, lines }: Panel,
  { namespace, width }: { readonly namespace: string; readonly width: number },
): IWidget {
  const place = { namespace, periodMs: PERIOD_MS };
  const left = lines.map(({ label, signal }): IMetric => {
    const drawn = signalMetric(signal, place);
    return drawn instanceof Metric || drawn instanceof MathExpression ? drawn.with({ label }) : drawn;
  });
  return new GraphWidget({ title, left, width, height: HEIGHT, leftYAxis: { min: 0 } });
}
