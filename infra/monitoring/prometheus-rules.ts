/**
 * The file of Prometheus's alerting rules: every rule, and every promise with all of its windows.
 *
 * Shape   address of the runbook -> YAML
 * Errors  none (total)
 * Source  Prometheus, "Alerting rules"
 */

import { BURN_PAIRS, burnsOf, sayBurn } from '../../shared/monitoring/alerts/objectives.ts';
import { ALERT_RULES } from '../../shared/monitoring/alerts/rules.ts';
import { promqlBurn, promqlFor, promqlRule } from './promql.ts';

interface PrometheusRule {
  readonly id: string;
  readonly expression: string;
  readonly lasting: string;
  readonly severity: string;
  readonly says: string;
  /** The heading of its page. */
  readonly page: string;
}

export function prometheusRules(runbook: string): string {
  const rules = ALERT_RULES().map(
    (rule): PrometheusRule => ({
      ...rule,
      expression: promqlRule(rule),
      lasting: promqlFor(rule),
      page: rule.id,
    }),
  );
  const burns = burnsOf(BURN_PAIRS).map(
    (burn): PrometheusRule => ({
      id: burn.id,
      expression: promqlBurn(burn.objective, burn.pair),
      lasting: '0m',
      severity: burn.pair.severity,
      says: sayBurn(burn),
      page: burn.page,
    }),
  );
  return [
    '# Made by npm run dashboards from shared/monitoring/alerts: change it there.',
    'groups:',
    ...groupOf('headrace', rules, runbook),
    ...groupOf('headrace-promises', burns, runbook),
    '',
  ].join('\n');
}

function groupOf(name: string, rules: readonly PrometheusRule[], runbook: string): readonly string[] {
  return [
    `  - name: ${name}`,
    '    interval: 1m',
    '    rules:',
    ...rules.flatMap(({ id, expression, lasting, severity, says, page }) => [
      `      - alert: ${quoted(id)}`,
      `        expr: ${quoted(expression)}`,
      `        for: ${lasting}`,
      '        labels:',
      `          severity: ${severity}`,
      '        annotations:',
      `          summary: ${quoted(says)}`,
      `          runbook_url: ${quoted(`${runbook}#${page}`)}`,
    ]),
  ];
}

/** JSON's texts are YAML's. */
function quoted(text: string): string {
  return JSON.stringify(text);
}
