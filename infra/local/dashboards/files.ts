/**
 * The files that are made of the alarms' data, and what belongs into them; a test holds each to it.
 *
 * Shape   path -> () -> text
 */

import { join } from 'node:path';
import { grafanaDashboard } from '../../monitoring/grafana-dashboard.ts';
import { prometheusRules } from '../../monitoring/prometheus-rules.ts';
import { projectDir } from '../paths.ts';

const RUNBOOK = 'infra/runbooks/alarms.md';

export const DASHBOARD_FILES: Readonly<Record<string, () => string>> = {
  [join(projectDir, 'infra/dashboards/grafana-edge.json')]: grafanaDashboard,
  [join(projectDir, 'infra/dashboards/prometheus-rules.yml')]: () => prometheusRules(RUNBOOK),
};
