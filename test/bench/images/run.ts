/** One run of the bench: where its pictures lie, how often each pair is compared, where lines go; and how a bar is said. */

export interface Run {
  readonly folder: string;
  readonly rounds: number;
  readonly progress: (line: string) => void;
  readonly print: (line: string) => void;
}

export function verdict(value: number, bar: number): string {
  return `bar ${bar}: ${value <= bar ? 'held' : 'MISSED'}`;
}
