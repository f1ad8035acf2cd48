/**
 * The text that names a series, as Prometheus writes it: the metric and its labels, in the order of their names.
 *
 * Shape   'edge_requests_total', {route: '/a'} -> 'edge_requests_total{route="/a"}' and back
 * Errors  RangeError for a name that Prometheus does not take
 * Source  Prometheus text exposition format 0.0.4
 */

import { rememberByText } from '../primitives/remember.ts';

export type Labels = Readonly<Record<string, string>>;

export interface Series {
  readonly name: string;
  readonly labels: Labels;
}

/** What is counted under it when there is no room for a series of its own. */
export const FOLDED = 'other';
const LONGEST_VALUE = 64;

export function formatSeries(name: string, labels: Labels = {}): string {
  if (!isMetricName(name)) throw new RangeError(`no name of a metric: ${name}`);
  const wrong = Object.keys(labels).find(label => !isLabelName(label));
  if (wrong !== undefined) throw new RangeError(`no name of a label: ${wrong}`);
  return name + labelsText(labels);
}

/** What stands behind the name. */
export function labelsText(labels: Labels): string {
  const names = Object.keys(labels).sort();
  const pairs = names.map(label => `${label}="${escaped(String(labels[label]).slice(0, LONGEST_VALUE))}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

/** Whether it can be shown: what stands in Redis may be somebody else's. */
export function isSeries({ name, labels }: Series): boolean {
  return isMetricName(name) && Object.keys(labels).every(isLabelName);
}

function isMetricName(name: string): boolean {
  return /^[a-zA-Z_:][a-zA-Z0-9_:]{0,99}$/.test(name);
}

function isLabelName(label: string): boolean {
  return /^(?!__)[a-zA-Z_][a-zA-Z0-9_]{0,63}$/.test(label) && label !== 'le';
}

/** The same metric with every label `other`. */
export function foldSeries(text: string): string {
  const { name, labels } = parseSeries(text);
  return formatSeries(name, Object.fromEntries(Object.keys(labels).map(label => [label, FOLDED])));
}

/** A reader meets the same few in every period. */
export const parseSeries: (text: string) => Series = rememberByText(text => {
  const brace = text.indexOf('{');
  if (brace < 0) return { name: text, labels: {} };
  const pairs = text.slice(brace).matchAll(/([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"/g);
  const labels = Object.fromEntries(
    [...pairs].map(([, label = '', value = '']) => [label, unescaped(value)]),
  );
  return { name: text.slice(0, brace), labels };
});

function escaped(value: string): string {
  return value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n');
}

function unescaped(value: string): string {
  return value.replace(/\\(.)/g, (_, one: string) => (one === 'n' ? '\n' : one));
}
