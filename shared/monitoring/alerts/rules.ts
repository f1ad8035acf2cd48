/**
 * Every alarm there is. CloudWatch's alarms, Prometheus's rules, the edge's own evaluation and the runbook's headings are all
 * made of this list.
 */

import { lazy } from '../../primitives/lazy.ts';
import type { AlertRule } from './rule.ts';
import { backendRules } from './rules-of-backend.ts';
import { trafficRules } from './rules-of-traffic.ts';

export const ALERT_RULES: () => readonly AlertRule[] = lazy(() => [...trafficRules(), ...backendRules()]);
