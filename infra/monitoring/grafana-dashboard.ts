/**
 * The dashboard of Grafana: the panels of the one in CloudWatch, over Prometheus.
 *
 * It has no ids of anybody's installation: the source of its data is chosen when it is imported.
 *
 * Shape   () -> JSON
 * Errors  none (total)
 * Source  Grafana, "Dashboard JSON model"
 */

import { PANELS, type Panel } from '../../shared/monitoring/alerts/panels.ts';
import { promqlOf } from './promql.ts';

const SCHEMA_VERSION = 39;
const WIDTH = 24;
const HEIGHT = 8;
const RANGE_MS = 5 * 60_000;
const SOURCE = { type: 'prometheus', uid: `\${DS_PROMETHEUS}` };
const UNITS = { count: 'short', ms: 'ms', percent: 'percent', s: 's' } as const;

export function grafanaDashboard(): string {
  const rows = [...Map.groupBy(PANELS, ({ row }) => row).values()];
  const panels = rows.flatMap((row, y) =>
    row.map((panel, x) => {
      const w = WIDTH / row.length;
      return panelOf(panel, {
        id: PANELS.indexOf(panel) + 1,
        gridPos: { x: x * w, y: y * HEIGHT, w, h: HEIGHT },
      });
    }),
  );
  const dashboard = {
    __inputs: [{ name: 'DS_PROMETHEUS', label: 'Prometheus', type: 'datasource', pluginId: 'prometheus' }],
    uid: 'headrace-edge',
    title: 'Headrace',
    schemaVersion: SCHEMA_VERSION,
    editable: true,
    refresh: '1m',
    time: { from: 'now-3h', to: 'now' },
    templating: { list: [] },
    annotations: { list: [] },
    panels,
  };
  return `${JSON.stringify(dashboard, null, 2)}\n`;
}

function panelOf({ title, unit, lines }: Panel, place: object): object {
  return {
    ...place,
    type: 'timeseries',
    title,
    datasource: SOURCE,
    fieldConfig: { defaults: { unit: UNITS[unit], min: 0 }, overrides: [] },
    options: { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi' } },
    targets: lines.map(({ label, signal }, at) => ({
      refId: String.fromCharCode(65 + at),
      datasource: SOURCE,
      expr: promqlOf(signal, RANGE_MS),
      legendFormat: label,
    })),
  };
}
