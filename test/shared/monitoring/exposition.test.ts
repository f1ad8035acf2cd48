import parsePrometheus from 'parse-prometheus-text-format';
import { describe, expect, test } from 'vitest';
import { METRICS } from '../../../shared/monitoring/catalogue.ts';
import { formatExposition } from '../../../shared/monitoring/exposition.ts';
import { createRegistry } from '../../../shared/monitoring/registry.ts';
import { parseSamples } from '../../../shared/monitoring/sample.ts';

const expose = (series: Record<string, string>) => formatExposition(parseSamples(Object.entries(series)));

test('counters and gauges, with what they say', () => {
  const text = expose({ 'edge_purges_total{result="done"}': 'c3', open_things: 'g-1.5' });
  expect(text.split('\n')).toEqual([
    `# HELP edge_purges_total ${METRICS.edge_purges_total.help}`,
    '# TYPE edge_purges_total counter',
    'edge_purges_total{result="done"} 3',
    '# HELP open_things Counted by an application.',
    '# TYPE open_things gauge',
    'open_things -1.5',
    '',
  ]);
});

test('what nobody of ours has written is left out, and keeps nothing else from being told', () => {
  const text = expose({
    'no name{': 'c1',
    '': 'c1',
    'a{le="1"}': 'c1',
    'b{__x="1"}': 'c1',
    'c_total{x="1"}': 'c1',
  });
  expect(text.match(/^[^#].*$/gm)).toEqual(['c_total{x="1"} 1']);
});

test('a histogram may have the longest name there is', () => {
  const name = 'n'.repeat(100);
  expect(expose({ [name]: 'h5000,1:1' })).toContain(
    `${name}_bucket{le="+Inf"} 1\n${name}_sum 5\n${name}_count 1\n`,
  );
});

test('a histogram: its buckets only grow, the last is all, and its sum is in seconds', () => {
  const registry = createRegistry();
  const slot = registry.slot('durations', 'took_seconds', { route: '/a' });
  for (const ms of [0, 1, 1.5, 2, 3, 49, 50, 51, 5_000, 200_000]) registry.observe(slot, ms);
  const text = formatExposition(parseSamples(registry.take()));
  const buckets = [...text.matchAll(/^took_seconds_bucket\{route="\/a",le="(.*)"\} (\d+)$/gm)].map(
    ([, le, n]) => [le, Number(n)],
  );
  expect(buckets).toEqual([
    ['0.001', 2],
    ['0.002', 4],
    ['0.005', 5],
    ['0.01', 5],
    ['0.02', 5],
    ['0.05', 7],
    ['0.1', 8],
    ['0.2', 8],
    ['0.5', 8],
    ['1', 8],
    ['2', 8],
    ['5', 9],
    ['10', 9],
    ['20', 9],
    ['50', 9],
    ['100', 9],
    ['+Inf', 10],
  ]);
  expect(text).toContain('took_seconds_sum{route="/a"} 205.1575\n');
  expect(text).toContain('took_seconds_count{route="/a"} 10\n');
});

test('other values keep their unit, and a metric without labels has none but the bound', () => {
  const text = expose({ basket_euros: 'h12500,5:2' });
  expect(text).toContain('basket_euros_bucket{le="5"} 2\n');
  expect(text).toContain('basket_euros_sum 12.5\n');
});

describe('a parser of Prometheus', () => {
  test('reads all that the edge can have, labels with anything in them too', () => {
    const registry = createRegistry();
    const value = 'a "quoted" \\ back\nline {,=}';
    for (const [name, { kind, labels }] of Object.entries(METRICS)) {
      const slot = registry.slot(kind, name, Object.fromEntries(labels.map(label => [label, value])));
      if ((kind as string) === 'durations') registry.observe(slot, 12);
      else registry.add(slot, 7);
    }
    const families = parsePrometheus(formatExposition(parseSamples(registry.take())));
    expect(families.map(({ name }) => name).toSorted()).toEqual(Object.keys(METRICS).toSorted());
    expect(families.every(({ help }) => help.length > 10)).toBe(true);
    const rejects = families.find(({ name }) => name === 'edge_rejects_total');
    expect(rejects?.metrics).toEqual([{ value: '7', labels: { reason: value } }]);
  });
});

test('every line has the form that the format asks for', () => {
  const name = '[a-zA-Z_:][a-zA-Z0-9_:]*';
  const label = '[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\\\\n]|\\\\["\\\\n])*"';
  const line = new RegExp(`^(# (HELP|TYPE) ${name} .+|${name}(\\{${label}(,${label})*\\})? -?[0-9.e+-]+)$`);
  const text = expose({
    'a_total{x="\\"\\\\\\n"}': 'c1',
    b_seconds: 't5,3:1',
    'c{y=""}': 'g1e-7',
    d: 'h1,1:1',
  });
  expect(text.endsWith('\n')).toBe(true);
  expect(
    text
      .trimEnd()
      .split('\n')
      .filter(one => !line.test(one)),
  ).toEqual([]);
});

test('what was counted under one name in two ways is told in one', () => {
  const text = expose({ 'a{x="1"}': 'c1', 'a{x="2"}': 'g5' });
  expect(text).toContain('# TYPE a counter');
  expect(text).not.toContain('x="2"');
});

test('nothing is an empty text', () => {
  expect(expose({})).toBe('');
});
