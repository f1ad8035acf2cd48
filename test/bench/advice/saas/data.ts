/**
 * What a few hundred tenants have left behind in three years: a few are large, most tasks are done, events come in the order
 * in which they happened.
 *
 * Shape   scale, seed -> tables; scale 1 is a million tasks
 */

import { type Chance, createChance } from '../chance.ts';
import { comment } from '../tpch/texts.ts';
import type { TableRows, Value } from '../workload.ts';

type Row = readonly Value[];
type MakeRow = (chance: Chance, id: number) => Row;

const BEGIN = Date.parse('2023-01-01');
export const NOW = Date.parse('2026-01-01');
export const TAGS = [
  'bug',
  'feature',
  'urgent',
  'design',
  'backend',
  'frontend',
  'docs',
  'security',
  'customer',
  'legal',
] as const;
export const EVENT_KINDS = [
  'task.created',
  'task.updated',
  'task.closed',
  'user.login',
  'invoice.paid',
  'export.done',
] as const;

export interface SaasSizes {
  readonly tasks: number;
  readonly tenants: number;
  readonly users: number;
  readonly projects: number;
}

export function saasSizes(scale: number): SaasSizes {
  const tasks = Math.round(1_000_000 * scale);
  const of = (share: number) => Math.max(10, Math.round(tasks * share));
  return { tasks, tenants: of(0.005), users: of(0.05), projects: of(0.02) };
}

export function* saasData(scale: number, seed: number): Generator<TableRows> {
  const { tasks, tenants, users, projects } = saasSizes(scale);
  const tenant = (chance: Chance) => 1 + chance.skewed(tenants, 2);
  const table = (name: string, count: number, row: MakeRow): TableRows => ({
    table: name,
    rows: rowsOf(createChance(seed * 97 + name.charCodeAt(0) * 7 + name.length), count, row),
  });
  yield table('tenants', tenants, (chance, id) => [
    id,
    `Tenant ${id}`,
    chance.pick(['free', 'free', 'free', 'team', 'enterprise']),
    instant(chance),
  ]);
  yield table('users', users, (chance, id) => [
    id,
    tenant(chance),
    `${comment(chance, 4, 12).replaceAll(' ', '.')}${id}@Example.com`,
    comment(chance, 8, 20),
    chance.happens(0.2) ? null : instant(chance),
    chance.happens(0.1) ? instant(chance) : null,
  ]);
  yield table('projects', projects, (chance, id) => [
    id,
    tenant(chance),
    chance.between(1, users),
    comment(chance, 8, 30),
    chance.happens(0.3) ? 't' : 'f',
    instant(chance),
  ]);
  yield table('tasks', tasks, (chance, id) =>
    taskRow(chance, id, { tenant: tenant(chance), projects, users }),
  );
  yield table('comments', tasks * 2, (chance, id) => [
    id,
    1 + chance.skewed(tasks, 1.5),
    chance.between(1, users),
    comment(chance, 20, 160),
    ordered(id, tasks * 2),
  ]);
  yield table('events', tasks * 4, (chance, id) => [
    id,
    tenant(chance),
    EVENT_KINDS[chance.skewed(6, 2)] ?? '',
    chance.between(1, users),
    chance.between(1, tasks),
    JSON.stringify({ ip: `10.0.${chance.below(255)}.${chance.below(255)}`, ms: chance.below(900) }),
    ordered(id, tasks * 4),
  ]);
  yield table('deliveries', tasks, (chance, id) => [
    id,
    tenant(chance),
    `https://hooks.example.com/${chance.below(500)}`,
    chance.happens(0.985) ? 'done' : chance.pick(['pending', 'failed']),
    chance.between(1, 5),
    ordered(id, tasks),
  ]);
  yield table('sessions', users * 3, (chance, id) => [
    id,
    chance.between(1, users),
    hash(chance),
    instant(chance),
  ]);
  yield table('invoices', tenants * 36, (chance, id) => [
    id,
    1 + ((id - 1) % tenants),
    `I-${String(id).padStart(8, '0')}`,
    chance.pick(['paid', 'paid', 'paid', 'paid', 'open', 'void']),
    chance.between(900, 900_000),
    instant(chance).slice(0, 10),
    chance.happens(0.7) ? instant(chance).slice(0, 10) : null,
  ]);
}

function* rowsOf(chance: Chance, count: number, row: MakeRow): Generator<Row> {
  for (let id = 1; id <= count; id += 1) yield row(chance, id);
}

function taskRow(
  chance: Chance,
  id: number,
  { tenant, projects, users }: { tenant: number; projects: number; users: number },
): Row {
  const tags = chance.sample(TAGS, chance.skewed(4, 1.5));
  const status = chance.happens(0.88) ? 'done' : chance.pick(['open', 'open', 'in_progress', 'blocked']);
  return [
    id,
    tenant,
    chance.between(1, projects),
    chance.happens(0.2) ? null : chance.between(1, users),
    status,
    chance.between(1, 4),
    comment(chance, 10, 50),
    comment(chance, 40, 300),
    `{${tags.join(',')}}`,
    JSON.stringify({
      source: chance.pick(['web', 'api', 'mail']),
      customer: `c-${chance.below(20_000)}`,
      points: chance.below(13),
    }),
    chance.happens(0.4) ? null : instant(chance).slice(0, 10),
    instant(chance),
    instant(chance),
    chance.happens(0.15) ? instant(chance) : null,
  ];
}

function instant(chance: Chance): string {
  return new Date(BEGIN + chance.below((NOW - BEGIN) / 1_000) * 1_000).toISOString();
}

/** Comes in order: the later the row, the later it happened. */
function ordered(id: number, count: number): string {
  return new Date(BEGIN + Math.floor(((NOW - BEGIN) / count) * id)).toISOString();
}

function hash(chance: Chance): string {
  return Array.from({ length: 32 }, () => chance.below(16).toString(16)).join('');
}
