/**
 * Alarms on promises: somebody is told when the room for failing is used up too fast, by a long window that shows it is worth
 * it and a short one that ends the alarm soon after. Both must burn.
 *
 * An alarm sees no more than a day, so the window of three days is an Application Signals objective with its own burn rates.
 *
 * Source  Google SRE Workbook, "Alerting on SLOs"; CloudWatch quotas (period × evaluation periods of at most one day);
 *         CloudWatch User Guide, "Service level objectives": BurnRate by SloName and BurnRateWindowMinutes
 */

import { Duration } from 'aws-cdk-lib';
import { CfnServiceLevelObjective } from 'aws-cdk-lib/aws-applicationsignals';
import {
  Alarm,
  AlarmRule,
  AlarmState,
  ComparisonOperator,
  CompositeAlarm,
  type IMetric,
  Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { MeasureName } from '../../shared/monitoring/alerts/measures.ts';
import { BURN_PAIRS, type Burn, burnsOf, type Objective } from '../../shared/monitoring/alerts/objectives.ts';
import { LONGEST_ALARM_MS } from '../../shared/monitoring/publishing/limits.ts';
import { math, plain } from '../monitoring/cloudwatch-signal.ts';
import { type AlarmsProps, tell } from './alarms.ts';

export interface BurnRateProps extends Omit<AlarmsProps, 'rules'> {
  readonly objectives: readonly Objective[];
}

const MINUTE_MS = 60_000;
const MONTH_DAYS = 30;

export class BurnRateAlarms extends Construct {
  /** By the burn's id: what tells people. */
  readonly byPair: ReadonlyMap<string, CompositeAlarm>;
  readonly #props: BurnRateProps;

  constructor(scope: Construct, id: string, props: BurnRateProps) {
    super(scope, id);
    this.#props = props;
    for (const objective of props.objectives) this.#drawObjective(objective);
    const burns = burnsOf(BURN_PAIRS, props.objectives);
    this.byPair = new Map(burns.map(burn => [burn.id, this.#drawPair(burn)]));
  }

  #drawPair(burn: Burn): CompositeAlarm {
    const { prefix, actions, runbook } = this.#props;
    const { id, objective, pair, page } = burn;
    const windows = [this.#window(burn, 'long', pair.longMs), this.#window(burn, 'short', pair.shortMs)];
    const alarms = windows.map(alarm => AlarmRule.fromAlarm(alarm, AlarmState.ALARM));
    const composite = new CompositeAlarm(this, id, {
      compositeAlarmName: `${prefix}-${id}`,
      alarmDescription: `${objective.says}: failing ${pair.burn} times as fast as that allows (${pair.severity}). What to do: ${runbook}${page}`,
      alarmRule: AlarmRule.allOf(...alarms),
    });
    return tell(composite, actions[pair.severity]);
  }

  #window({ id, objective, pair }: Burn, which: 'long' | 'short', windowMs: number): Alarm {
    const name = `${id}-${which}`;
    return new Alarm(this, name, {
      alarmName: `${this.#props.prefix}-${name}`,
      metric:
        pair.longMs > LONGEST_ALARM_MS
          ? this.#published(objective, windowMs)
          : this.#computed(objective, windowMs),
      threshold: pair.burn,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  #computed({ bad, all, target }: Objective, periodMs: number): IMetric {
    const place = { namespace: this.#props.namespace, periodMs };
    const allowed = Number((1 - target).toPrecision(6));
    return math(`IF(n > 0, FILL(bad, 0) / n / ${allowed})`, place, {
      bad: plain(bad, 'Sum', place),
      n: plain(all, 'Sum', place),
    });
  }

  #published(objective: Objective, windowMs: number): IMetric {
    return new Metric({
      namespace: 'AWS/ApplicationSignals',
      metricName: 'BurnRate',
      dimensionsMap: {
        SloName: this.#nameOf(objective),
        BurnRateWindowMinutes: String(windowMs / MINUTE_MS),
      },
      statistic: 'Maximum',
      period: Duration.minutes(1),
    });
  }

  #drawObjective(objective: Objective): void {
    const windows = BURN_PAIRS.filter(({ longMs }) => longMs > LONGEST_ALARM_MS);
    new CfnServiceLevelObjective(this, objective.id, {
      name: this.#nameOf(objective),
      description: objective.says,
      requestBasedSli: {
        requestBasedSliMetric: {
          totalRequestCountMetric: this.#query(objective.all),
          monitoredRequestCountMetric: { badCountMetric: this.#query(objective.bad) },
        },
      },
      goal: {
        attainmentGoal: Number((objective.target * 100).toPrecision(6)),
        interval: { rollingInterval: { duration: MONTH_DAYS, durationUnit: 'DAY' } },
      },
      burnRateConfigurations: windows
        .flatMap(({ longMs, shortMs }) => [longMs, shortMs])
        .map(windowMs => ({ lookBackWindowMinutes: windowMs / MINUTE_MS })),
    });
  }

  #query(name: MeasureName) {
    const { namespace } = this.#props;
    const metricStat = { metric: { namespace, metricName: name }, period: 60, stat: 'Sum' };
    return [{ id: name.toLowerCase(), metricStat, returnData: true }];
  }

  #nameOf({ id }: Objective): string {
    return `${this.#props.prefix}-${id}`;
  }
}
