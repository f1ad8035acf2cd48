/** The files that are made of the alarms' data, the registry of metrics, and the runbook say the same. */

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DASHBOARD_FILES } from '../../../infra/local/dashboards/files.ts';
import { promqlBurn, promqlFor, promqlOf, promqlRule } from '../../../infra/monitoring/promql.ts';
import { BURN_PAIRS, OBJECTIVES } from '../../../shared/monitoring/alerts/objectives.ts';
import { PANELS } from '../../../shared/monitoring/alerts/panels.ts';
import { SILENCE } from '../../../shared/monitoring/alerts/rule.ts';
import { ALERT_RULES } from '../../../shared/monitoring/alerts/rules.ts';
import { SHOWN_BOUNDS } from '../../../shared/monitoring/buckets.ts';
import { KNOWN_METRICS } from '../../../shared/monitoring/watched.ts';

const WORDS = new Set(
  'sum rate increase histogram_quantile by le max and or unless vector offset'.split(' '),
);
const rules = () => ALERT_RULES().map(rule => [rule.id, promqlRule(rule)] as const);
const burns = () =>
  OBJECTIVES.flatMap(one => BURN_PAIRS.map(pair => [`${one.id} ${pair.id}`, promqlBurn(one, pair)] as const));
const panels = () =>
  PANELS.flatMap(({ title, lines }) =>
    lines.map(({ label, signal }) => [`${title}: ${label}`, promqlOf(signal, 300_000)] as const),
  );

interface Selected {
  readonly name: string;
  readonly labels: readonly string[];
}

/** Every selector of an expression: a name, and the labels in its braces. */
function selectorsOf(expression: string): readonly Selected[] {
  const texts = [...expression.matchAll(/([a-zA-Z_][a-zA-Z0-9_]*)(\{[^}]*\})?/g)];
  const strings = new Set(
    [...expression.matchAll(/"[^"]*"/g)].flatMap(([text]) => text.match(/[a-zA-Z_][a-zA-Z0-9_]*/g) ?? []),
  );
  return texts
    .filter(([, name = '']) => !WORDS.has(name) && !strings.has(name) && !/^\d*[mhd]$/.test(name))
    .map(([, name = '', braces = '']) => ({
      name,
      labels: [...braces.matchAll(/(\w+)=~?"/g)].map(([, label = '']) => label),
    }));
}

const known = KNOWN_METRICS as Record<string, { readonly kind: string; readonly labels: readonly string[] }>;

describe.each([...rules(), ...burns(), ...panels()])('PromQL of %s', (_, expression) => {
  it('names only metrics and labels that the code counts', () => {
    const selectors = selectorsOf(expression);
    expect(selectors.length).toBeGreaterThan(0);
    for (const { name, labels } of selectors) {
      const base = known[name] ? name : name.replace(/_(bucket|sum|count)$/, '');
      expect(known[base], name).toBeDefined();
      // Only durations have buckets, and they have nothing else.
      expect(base !== name, name).toBe(known[base]?.kind === 'durations');
      for (const label of labels) expect([...(known[base]?.labels ?? []), 'le']).toContain(label);
    }
  });

  it('asks for buckets that are exposed, and closes what it opens', () => {
    for (const [, le] of expression.matchAll(/le="([^"]+)"/g))
      expect(SHOWN_BOUNDS.map(ms => String(ms / 1_000))).toContain(le);
    for (const [open = '', close = ''] of ['()', '[]', '{}'])
      expect(expression.split(open).length).toBe(expression.split(close).length);
  });
});

describe('a rule in Prometheus', () => {
  const rule = (id: string) =>
    ALERT_RULES().find(one => one.id === id) as ReturnType<typeof ALERT_RULES>[number];

  it('has the threshold, the samples it needs, and how long it lasts', () => {
    expect(promqlRule(rule('server-errors-severe'))).toBe(
      '100 * (sum(increase(edge_requests_total{status="5xx"}[2m])) or vector(0)) / sum(increase(edge_requests_total[2m])) > 5 and sum(increase(edge_requests_total[2m])) >= 20',
    );
    expect([
      promqlFor(rule('server-errors-severe')),
      promqlFor(rule('server-errors')),
      promqlFor(rule('dead-letters')),
    ]).toEqual(['2m', '4m', '0m']);
  });

  it('is silent after a deployment where that explains it', () => {
    const quiet = ALERT_RULES().filter(({ isQuietable }) => isQuietable);
    expect(quiet.length).toBeGreaterThan(0);
    for (const one of ALERT_RULES())
      expect(promqlRule(one).endsWith('unless sum(increase(edge_quiet_total[15m])) > 0')).toBe(
        one.isQuietable,
      );
  });
});

describe('the files', () => {
  it.each(Object.entries(DASHBOARD_FILES))('%s is what npm run dashboards writes', (file, text) => {
    expect(readFileSync(file, 'utf8')).toBe(text());
  });

  it('have every rule and every panel once, and nobody’s ids', () => {
    const [grafana = '', prometheus = ''] = Object.values(DASHBOARD_FILES).map(text => text());
    const alerts = [...prometheus.matchAll(/- alert: "([^"]+)"/g)].map(([, id]) => id);
    expect(alerts).toHaveLength(ALERT_RULES().length + OBJECTIVES.length * BURN_PAIRS.length);
    expect(new Set(alerts).size).toBe(alerts.length);
    const dashboard = JSON.parse(grafana);
    expect(dashboard.panels.map(({ title }: { title: string }) => title)).toEqual(
      PANELS.map(({ title }) => title),
    );
    expect(dashboard).not.toHaveProperty('id');
    expect(
      [...grafana.matchAll(/"uid": "([^"]+)"/g)].map(([, uid]) => uid).filter(uid => uid !== 'headrace-edge'),
    ).toEqual(expect.arrayContaining(['$' + '{DS_PROMETHEUS}']));
  });
});

describe('the runbook', () => {
  const text = readFileSync(new URL('../../../infra/runbooks/alarms.md', import.meta.url), 'utf8');
  const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);

  it('has a page for every alarm and every promise, and none besides', () => {
    const expected = [
      ...ALERT_RULES().map(({ id }) => id),
      SILENCE.id,
      ...OBJECTIVES.map(({ id }) => `${id}-burn`),
    ];
    expect(headings.toSorted()).toEqual(expected.toSorted());
  });

  it('says something on each, and links to pages that there are', () => {
    for (const page of text.split(/^## .+$/m).slice(1)) expect(page.trim().length).toBeGreaterThan(40);
    for (const [, anchor] of text.matchAll(/\]\(#([^)]+)\)/g)) expect(headings).toContain(anchor);
  });
});
