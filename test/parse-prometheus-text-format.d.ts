/** What the parser of Prometheus's text format gives, as far as tests look at it: it comes without types. */

declare module 'parse-prometheus-text-format' {
  export interface PrometheusFamily {
    readonly name: string;
    readonly help: string;
    readonly type: 'COUNTER' | 'GAUGE' | 'HISTOGRAM' | 'SUMMARY' | 'UNTYPED';
    readonly metrics: readonly {
      readonly value?: string;
      readonly labels?: Readonly<Record<string, string>>;
    }[];
  }

  export default function parsePrometheusTextFormat(text: string): readonly PrometheusFamily[];
}
