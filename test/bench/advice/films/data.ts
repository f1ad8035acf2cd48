/**
 * Films, who made them and what is known of them: popular ones have most of everything, facts depend on their kind.
 *
 * Shape   scale, seed -> tables; scale 1 is a million films
 */

import { type Chance, createChance } from '../chance.ts';
import { comment } from '../tpch/texts.ts';
import type { TableRows, Value } from '../workload.ts';
import * as words from './words.ts';

type Row = readonly Value[];

export function* filmsData(scale: number, seed: number): Generator<TableRows> {
  const films = Math.round(1_000_000 * scale);
  const people = Math.round(films * 1.2);
  const companies = Math.max(20, Math.round(films / 12));
  const keywords = Math.max(40, Math.round(films / 20));
  const characters = films;
  yield named('film_kind', words.FILM_KINDS);
  yield named('role', words.ROLES);
  yield named('fact_kind', words.FACT_KINDS);
  yield named('company_kind', words.COMPANY_KINDS);
  const many = (table: string, count: number, row: (chance: Chance, id: number) => Row): TableRows => ({
    table,
    rows: rowsOf(createChance(seed + table.length * 31 + table.charCodeAt(0)), count, row),
  });
  const film = (chance: Chance) => 1 + chance.skewed(films, 1.6);
  const person = (chance: Chance) => 1 + chance.skewed(people, 2);
  yield many('film', films, filmRow);
  yield many('person', people, (chance, id) => [
    id,
    personName(chance),
    chance.happens(0.35) ? null : chance.pick(['m', 'm', 'f']),
    chance.happens(0.6) ? null : 1_900 + chance.below(105),
  ]);
  yield many('company', companies, (chance, id) => [
    id,
    `${chance.pick(words.TITLE_WORDS)} ${chance.pick(['Film', 'Pictures', 'Studio', 'Entertainment'])} ${id}`,
    chance.happens(0.1) ? null : (words.CODES[chance.skewed(words.CODES.length, 2)] ?? null),
  ]);
  yield many('keyword', keywords, (_, id) => [id, words.KEYWORDS[id - 1] ?? `keyword-${id}`]);
  yield many('character', characters, (chance, id) => [
    id,
    `${chance.pick(words.FIRST_NAMES)} ${comment(chance, 3, 12)}`,
  ]);
  yield many('casting', films * 8, (chance, id) => [
    id,
    person(chance),
    film(chance),
    chance.happens(0.5) ? null : 1 + chance.skewed(characters, 2),
    chance.happens(0.6) ? null : chance.pick(words.NOTES),
    chance.happens(0.5) ? null : chance.between(1, 40),
    1 + chance.skewed(words.ROLES.length, 1.5),
  ]);
  yield many('film_company', films * 2, (chance, id) => [
    id,
    film(chance),
    1 + chance.skewed(companies, 3),
    1 + chance.skewed(words.COMPANY_KINDS.length, 2),
    chance.happens(0.5) ? null : `${chance.pick(words.COMPANY_NOTES)} (${chance.between(1950, 2015)})`,
  ]);
  yield many('film_keyword', films * 3, (chance, id) => [id, film(chance), 1 + chance.skewed(keywords, 3)]);
  yield many('film_fact', films * 6, (chance, id) => [id, film(chance), ...fact(chance)]);
  yield many('film_figure', films, (chance, id) => {
    const kind = chance.pick([7, 8]);
    return [
      id,
      film(chance),
      kind,
      kind === 7 ? `${chance.between(10, 99) / 10}` : `${chance.skewed(100_000, 4)}`,
    ];
  });
  yield many('other_name', Math.round(people * 0.4), (chance, id) => [
    id,
    person(chance),
    personName(chance),
  ]);
  yield many('person_fact', people, (chance, id) => [
    id,
    person(chance),
    chance.between(9, 12),
    comment(chance, 20, 200),
  ]);
}

function named(table: string, names: readonly string[]): TableRows {
  return { table, rows: names.map((name, at) => [at + 1, name]) };
}

function* rowsOf(chance: Chance, count: number, row: (chance: Chance, id: number) => Row): Generator<Row> {
  for (let id = 1; id <= count; id += 1) yield row(chance, id);
}

function filmRow(chance: Chance, id: number): Row {
  const kind = chance.happens(0.55) ? 5 : 1 + chance.skewed(6, 2);
  const isEpisode = kind === 5 && id > 100;
  return [
    id,
    `${chance.pick(words.TITLE_WORDS)} ${chance.pick(words.TITLE_WORDS)} ${comment(chance, 0, 14)}`,
    kind,
    chance.happens(0.05) ? null : 2_015 - chance.skewed(125, 2.2),
    isEpisode ? 1 + chance.skewed(id - 1, 2) : null,
    isEpisode ? chance.between(1, 30) : null,
  ];
}

function personName(chance: Chance): string {
  const last = `${chance.pick(words.LAST_BEGINNINGS)}${chance.pick(words.LAST_ENDINGS)}`;
  return `${last}, ${chance.pick(words.FIRST_NAMES)}${chance.happens(0.3) ? ` ${comment(chance, 3, 9)}` : ''}`;
}

/** Kind, value and note: a genre is one of few, a budget one of many. */
function fact(chance: Chance): Row {
  const kind = 1 + chance.skewed(9, 1.4);
  const value =
    {
      1: () => words.GENRES[chance.skewed(words.GENRES.length, 1.6)] ?? '',
      2: () => words.COUNTRIES[chance.skewed(words.COUNTRIES.length, 2)] ?? '',
      3: () => chance.pick(['English', 'French', 'German', 'Hindi', 'Japanese', 'Swedish']),
      4: () =>
        `${chance.pick(words.COUNTRIES)}: ${chance.between(1, 28)} March ${chance.between(1950, 2015)}`,
      5: () => `$${chance.between(1, 2_000) * 100_000}`,
      6: () => `${chance.between(3, 240)}`,
    }[kind] ?? (() => comment(chance, 20, 120));
  return [kind, value(), chance.happens(0.7) ? null : chance.pick(['(internet)', '(limited)', '(premiere)'])];
}
