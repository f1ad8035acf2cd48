/**
 * The alarms of shared/monitoring/alerts in CloudWatch, each with its runbook page, told to the topic of its severity.
 *
 * What a deployment or a purge of everything explains is told by a composite alarm, which is silent for a quarter of an hour
 * after either: the alarm below it shows all the same what is true.
 *
 * Cost    $0.10 a month for each metric in an alarm, $0.50 for a composite one (infra/monitoring/cost.ts adds them up)
 * Source  CloudWatch User Guide, "Create a composite alarm": the actions of one may be suppressed by another
 */

import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmRule,
  AlarmState,
  AnomalyDetectionAlarm,
  ComparisonOperator,
  CompositeAlarm,
  type IAlarm,
  type IAlarmAction,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { type AlertRule, QUIET_MS, type Severity, SILENCE } from '../../shared/monitoring/alerts/rule.ts';
import { MARKER } from '../../shared/monitoring/publishing/limits.ts';
import { alarmName, COMPARISONS, plain, signalMetric } from '../monitoring/cloudwatch-signal.ts';

export interface AlarmsProps {
  /** Alarms bear it before their rule's id. */
  readonly prefix: string;
  /** Where publish-metrics writes to. */
  readonly namespace: string;
  readonly rules: readonly AlertRule[];
  /** A severity without one is shown and told to nobody. */
  readonly actions: Readonly<Partial<Record<Severity, IAlarmAction>>>;
  /** What the address of a rule's page begins with; its id follows. */
  readonly runbook: string;
  /** Whether figures are published at all: then it is told when they stop. @default false */
  readonly expectsFigures?: boolean | undefined;
}

export class Alarms extends Construct {
  /** By the id of the rule: what tells people, which may be a composite alarm. */
  readonly byRule: ReadonlyMap<string, IAlarm>;
  readonly #props: AlarmsProps;
  #quiet: Alarm | undefined;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.#props = props;
    const silence = props.expectsFigures ? [[SILENCE.id, this.#silence()] as const] : [];
    this.byRule = new Map([...props.rules.map(rule => [rule.id, this.#draw(rule)] as const), ...silence]);
  }

  #draw(rule: AlertRule): IAlarm {
    const action = this.#props.actions[rule.severity];
    const alarm = rule.signal.kind === 'surge' ? this.#anomaly(rule) : this.#threshold(rule);
    if (!rule.isQuietable) return tell(alarm, action);
    const composite = new CompositeAlarm(this, `${rule.id}-told`, {
      compositeAlarmName: `${alarmName(this.#props.prefix, rule)}-told`,
      alarmDescription: this.#describe(rule),
      alarmRule: AlarmRule.fromAlarm(alarm, AlarmState.ALARM),
      actionsSuppressor: this.#quietness(),
      actionsSuppressorWaitPeriod: Duration.minutes(1),
      actionsSuppressorExtensionPeriod: Duration.minutes(1),
    });
    return tell(composite, action);
  }

  #threshold(rule: AlertRule): Alarm {
    const { signal, threshold, operator, window, minimumSamples } = rule;
    const { namespace } = this.#props;
    return new Alarm(this, rule.id, {
      ...this.#common(rule),
      metric: signalMetric(signal, { namespace, periodMs: window.periodMs, minimumSamples }),
      threshold,
      comparisonOperator: COMPARISONS[operator],
    });
  }

  /** CloudWatch cannot look at the hour before, but it learns what is usual: what lies three deviations above is not. */
  #anomaly(rule: AlertRule): Alarm {
    const { namespace } = this.#props;
    return new AnomalyDetectionAlarm(this, rule.id, {
      ...this.#common(rule),
      metric: signalMetric(rule.signal, { namespace, periodMs: rule.window.periodMs }),
      stdDevs: rule.threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_UPPER_THRESHOLD,
    });
  }

  /** Each batch that arrives brings its number: minutes without one are what is looked for. */
  #silence(): IAlarm {
    const { prefix, namespace, actions } = this.#props;
    const alarm = new Alarm(this, SILENCE.id, {
      alarmName: alarmName(prefix, SILENCE),
      alarmDescription: this.#describe(SILENCE),
      metric: new Metric({
        namespace,
        metricName: MARKER,
        statistic: 'SampleCount',
        period: Duration.minutes(1),
      }),
      threshold: 1,
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: SILENCE.minutes,
      treatMissingData: TreatMissingData.BREACHING,
    });
    return tell(alarm, actions[SILENCE.severity]);
  }

  #common(rule: AlertRule) {
    const { periods, breaching } = rule.window;
    return {
      alarmName: alarmName(this.#props.prefix, rule),
      alarmDescription: this.#describe(rule),
      evaluationPeriods: periods,
      datapointsToAlarm: breaching,
      // An idle edge is no incident; one whose figures stop coming has an alarm of its own.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    };
  }

  #describe({ says, severity, id }: Pick<AlertRule, 'says' | 'severity' | 'id'>): string {
    return `${says} (${severity}). What to do: ${this.#props.runbook}${id}`;
  }

  #quietness(): Alarm {
    const { prefix, namespace } = this.#props;
    this.#quiet ??= new Alarm(this, 'quiet', {
      alarmName: `${prefix}-quiet`,
      alarmDescription: 'Somebody deployed, or purged everything, within the last quarter of an hour.',
      metric: plain('Quiet', 'Sum', { namespace, periodMs: QUIET_MS }),
      threshold: 0,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    return this.#quiet;
  }
}

/** That it is over is told, too. */
export function tell<Told extends Alarm | CompositeAlarm>(
  alarm: Told,
  action: IAlarmAction | undefined,
): Told {
  if (action) {
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }
  return alarm;
}
