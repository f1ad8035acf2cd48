/**
 * What AWS asks for what is drawn here, as list prices of us-east-1 without any free tier.
 *
 * Units   US dollars; a month has 730 hours
 * Source  AWS's price pages of CloudWatch and Lambda (arm64), as of autumn 2026: look again before you rely on them
 */

export const PRICES = {
  /** A month, for the first ten thousand. */
  customMetric: 0.3,
  /** A month, for each metric that an alarm looks at. */
  alarmMetric: 0.1,
  compositeAlarm: 0.5,
  dashboard: 3,
  putMetricDataPerThousand: 0.01,
  lambdaRequestPerMillion: 0.2,
  lambdaGbSecondArm: 0.0000133334,
  provisionedGbSecondArm: 0.0000033334,
} as const;

export const HOURS_PER_MONTH = 730;
export const MINUTES_PER_MONTH = HOURS_PER_MONTH * 60;
