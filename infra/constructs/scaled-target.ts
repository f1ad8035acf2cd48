/**
 * Scales one target by its rules: the tasks of an ECS service, or the provisioned concurrency of a Lambda alias, drawn here or
 * yours by ARN. The rules are drawn as target tracking, steps, schedules and alarms.
 *
 * The template never says how many there are, only from where to where: so a deployment takes nothing back of what the rules
 * or a person did.
 *
 * Units   thresholds as the rules have them; percentages
 * Errors  RangeError with the id of the rule, its field and what is wrong, for what is refused by the rules' own bounds or
 *         would be by AWS when it is deployed
 * Source  Application Auto Scaling API Reference, RegisterScalableTarget, PutScalingPolicy
 */

import { Duration, Stack } from 'aws-cdk-lib';
import {
  AdjustmentType,
  PredefinedMetric,
  ScalableTarget,
  type ScalingInterval,
  Schedule,
  ServiceNamespace,
  StepScalingPolicy,
  TargetTrackingScalingPolicy,
} from 'aws-cdk-lib/aws-applicationautoscaling';
import { Alarm, type IAlarmAction, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { type IRole, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { SCALABLE, type ScalablePlace } from '../../shared/scaling/place.ts';
import {
  type AlarmPlan,
  planPolicies,
  type StepPlan,
  type TrackingPlan,
} from '../../shared/scaling/policies.ts';
import type { ScalingMetric, ScalingRule, ScalingSchedule } from '../../shared/scaling/rule.ts';
import { validateRules } from '../../shared/scaling/validate-rules.ts';
import { COMPARISONS } from '../monitoring/cloudwatch-signal.ts';

export interface ScaledTargetProps {
  /** Alarms and policies bear it. */
  readonly name: string;
  readonly place: ScalablePlace;
  readonly rules: readonly ScalingRule[];
  readonly schedules?: readonly ScalingSchedule[] | undefined;
  /** What steps and alarms look at; target tracking knows its own. */
  readonly metrics?: Readonly<Partial<Record<ScalingMetric, IMetric>>> | undefined;
  /** Where rules that only tell are told. */
  readonly action?: IAlarmAction | undefined;
}

/** Three minutes of five: one slow minute adds nothing. */
const EVALUATION = { evaluationPeriods: 5, datapointsToAlarm: 3 } as const;

export class ScaledTarget extends Construct {
  readonly target: ScalableTarget;
  readonly #props: ScaledTargetProps;

  constructor(scope: Construct, id: string, props: ScaledTargetProps) {
    super(scope, id);
    this.#props = props;
    const { place, rules, schedules = [] } = props;
    const { policies, problems } = planPolicies(place.kind, rules);
    refuse([...validateRules(rules, schedules), ...problems]);
    const [first] = rules;
    if (!first) throw new RangeError(`scaling of ${props.name}: rules is empty`);
    this.target = new ScalableTarget(this, 'target', {
      serviceNamespace: NAMESPACES[place.kind],
      scalableDimension: SCALABLE[place.kind].dimension,
      resourceId: place.resourceId,
      role: this.#ownRole(place.kind),
      minCapacity: first.min,
      maxCapacity: first.max,
    });
    for (const plan of policies) {
      if (plan.kind === 'target-tracking') this.#track(plan);
      else if (plan.kind === 'step') this.#step(plan);
      else this.#alarm(plan);
    }
    for (const { id: schedule, cron, min, max } of schedules)
      this.target.scaleOnSchedule(schedule, {
        schedule: Schedule.expression(`cron(${cron})`),
        minCapacity: min,
        maxCapacity: max,
      });
  }

  /** The role that Application Auto Scaling makes for itself: it takes no other for these. */
  #ownRole(kind: ScalablePlace['kind']): IRole {
    const { partition, account } = Stack.of(this);
    return Role.fromRoleArn(
      this,
      'role',
      `arn:${partition}:iam::${account}:role/aws-service-role/${ROLES[kind]}`,
    );
  }

  #track({ id, metric, target, scalesIn, outCooldownSeconds, inCooldownSeconds }: TrackingPlan): void {
    new TargetTrackingScalingPolicy(this, id, {
      policyName: `${this.#props.name}-${id}`,
      scalingTarget: this.target,
      predefinedMetric: PREDEFINED[metric],
      // Of provisioned concurrency AWS takes a share from 0.1 to 0.9, of the others percent.
      targetValue: metric === 'utilization' ? target / 100 : target,
      disableScaleIn: !scalesIn,
      scaleOutCooldown: Duration.seconds(outCooldownSeconds),
      scaleInCooldown: Duration.seconds(inCooldownSeconds),
    });
  }

  #step(plan: StepPlan): void {
    const { id, metric, cooldownSeconds } = plan;
    new StepScalingPolicy(this, id, {
      scalingTarget: this.target,
      metric: this.#metric(id, metric),
      adjustmentType: AdjustmentType.CHANGE_IN_CAPACITY,
      scalingSteps: stepsOf(plan),
      cooldown: Duration.seconds(cooldownSeconds),
      ...EVALUATION,
    });
  }

  #alarm({ id, metric, operator, threshold }: AlarmPlan): void {
    const alarm = new Alarm(this, id, {
      alarmName: `${this.#props.name}-${id}`,
      metric: this.#metric(id, metric),
      threshold,
      comparisonOperator: COMPARISONS[operator],
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...EVALUATION,
    });
    if (this.#props.action) alarm.addAlarmAction(this.#props.action);
  }

  #metric(rule: string, name: ScalingMetric): IMetric {
    const metric = this.#props.metrics?.[name];
    if (!metric)
      throw new RangeError(
        `scaling rule ${rule}: metric is ${name}, which ${this.#props.name} was given no metric for`,
      );
    return metric;
  }
}

/** AWS asks for two intervals; one that changes nothing becomes no alarm. */
function stepsOf({ up, down }: StepPlan): ScalingInterval[] {
  const lower = down ? { upper: down.threshold, change: -down.amount } : { upper: 0, change: 0 };
  const upper = up
    ? { lower: up.threshold, change: up.amount }
    : { lower: (down?.threshold ?? 0) + 1, change: 0 };
  return [lower, upper];
}

function refuse(problems: readonly { readonly sentence: string }[]): void {
  if (problems.length > 0) throw new RangeError(problems.map(({ sentence }) => sentence).join('; '));
}

const NAMESPACES = { ecs: ServiceNamespace.ECS, lambda: ServiceNamespace.LAMBDA } as const;

const ROLES = {
  ecs: 'ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService',
  lambda:
    'lambda.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_LambdaConcurrency',
} as const;

const PREDEFINED = {
  cpu: PredefinedMetric.ECS_SERVICE_AVERAGE_CPU_UTILIZATION,
  memory: PredefinedMetric.ECS_SERVICE_AVERAGE_MEMORY_UTILIZATION,
  utilization: PredefinedMetric.LAMBDA_PROVISIONED_CONCURRENCY_UTILIZATION,
} as const;
