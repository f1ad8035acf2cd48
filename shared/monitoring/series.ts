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
  if (!/^[a-zA-Z_:][a-zA-Z0-9_:]{0,99}$/.test(name)) throw new RangeError(`no name of a metric: ${name}`);
  const names = Object.keys(labels).sort();
  const wrong = names.find(label => !/^(?!__)[a-zA-Z_][a-zA-Z0-9_]{0,63}$/.test(label) || label === 'le');
  if (wrong !== undefined) throw new RangeError(`no name of a label: ${wrong}`);
  const pairs = names.map(label => `${label}="${escaped(String(labels[label]).slice(0, LONGEST_VALUE))}"`);
  return pairs.length === 0 ? name : `${name}{${pairs.join(',')}}`;
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
