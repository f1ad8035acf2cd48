/**
 * Questions about films: aggregates over joins of three to nine tables, each pattern with several sets of values.
 *
 * Shape   seed -> 90 statements
 */

import { type Chance, createChance } from '../chance.ts';
import { concrete } from '../workload.ts';
import * as words from './words.ts';

const SETS = 6;

export function filmQueries(seed: number) {
  const chance = createChance(seed);
  return PATTERNS.flatMap((pattern, at) =>
    Array.from({ length: SETS }, (_, set) => concrete(`${at + 1}${'abcdef'[set]}`, pattern(chance))),
  );
}

const quote = (texts: readonly string[]) => texts.map(text => `'${text.replaceAll("'", "''")}'`).join(', ');
const years = (chance: Chance) => {
  const first = chance.between(1950, 2010);
  return `BETWEEN ${first} AND ${first + chance.between(1, 10)}`;
};

const PATTERNS: readonly ((chance: Chance) => string)[] = [
  chance => `SELECT min(c.note), min(f.title), min(f.production_year)
    FROM company_kind k, fact_kind i, film_company c, film_figure g, film f
    WHERE k.name = '${chance.pick(words.COMPANY_KINDS)}' AND i.name = 'rating' AND c.note LIKE '%(co-production)%'
      AND k.id = c.kind_id AND f.id = c.film_id AND f.id = g.film_id AND c.film_id = g.film_id AND i.id = g.kind_id
      AND f.production_year ${years(chance)}`,
  chance => `SELECT min(f.title) FROM company o, film_company c, film_keyword m, keyword w, film f
    WHERE o.country_code = '${chance.pick(words.CODES)}' AND w.word = '${chance.pick(words.KEYWORDS)}'
      AND o.id = c.company_id AND c.film_id = f.id AND f.id = m.film_id AND m.keyword_id = w.id AND c.film_id = m.film_id`,
  chance => `SELECT min(f.title) FROM keyword w, film_fact a, film_keyword m, film f
    WHERE w.word LIKE '%${chance.pick(['sequel', 'murder', 'love', 'part', 'city'])}%'
      AND a.value IN (${quote(chance.sample(words.COUNTRIES, 4))}) AND f.production_year > ${chance.between(1990, 2012)}
      AND f.id = a.film_id AND f.id = m.film_id AND m.film_id = a.film_id AND w.id = m.keyword_id`,
  chance => `SELECT min(g.value), min(f.title) FROM fact_kind i, keyword w, film_figure g, film_keyword m, film f
    WHERE i.name = 'rating' AND w.word = '${chance.pick(words.KEYWORDS)}' AND g.value > '${chance.between(2, 9)}.0'
      AND f.production_year > ${chance.between(1980, 2010)} AND f.id = g.film_id AND f.id = m.film_id
      AND m.film_id = g.film_id AND w.id = m.keyword_id AND i.id = g.kind_id`,
  chance => `SELECT min(w.word), min(p.name), min(f.title) FROM casting c, keyword w, film_keyword m, person p, film f
    WHERE w.word IN (${quote(chance.sample(words.KEYWORDS, chance.between(1, 3)))})
      AND p.name LIKE '%${chance.pick(words.LAST_BEGINNINGS)}%${chance.pick(words.FIRST_NAMES)}%'
      AND f.production_year > ${chance.between(1990, 2013)} AND w.id = m.keyword_id AND f.id = m.film_id
      AND f.id = c.film_id AND c.film_id = m.film_id AND p.id = c.person_id`,
  chance => `SELECT min(p.name), min(f.title) FROM other_name o, casting c, fact_kind i, person p, person_fact b, film f
    WHERE o.name LIKE '${chance.pick(words.LAST_BEGINNINGS)}%' AND i.name = 'biography' AND p.gender = '${chance.pick(['m', 'f'])}'
      AND f.production_year ${years(chance)} AND p.id = o.person_id AND p.id = b.person_id AND c.person_id = p.id
      AND f.id = c.film_id AND i.id = b.kind_id AND b.person_id = o.person_id`,
  chance => `SELECT min(o.name), min(f.title)
    FROM other_name o, casting c, company m, film_company fc, person p, role r, film f
    WHERE c.note = '${chance.pick(words.NOTES)}' AND m.country_code = '${chance.pick(words.CODES)}'
      AND r.name = '${chance.pick(words.ROLES)}' AND o.person_id = p.id AND p.id = c.person_id AND c.film_id = f.id
      AND f.id = fc.film_id AND fc.company_id = m.id AND c.role_id = r.id AND fc.note IS NOT NULL
      AND f.production_year ${years(chance)}`,
  chance => `SELECT min(h.name), min(f.title) FROM character h, casting c, role r, film f
    WHERE c.note LIKE '%(voice%' AND r.name = '${chance.pick(words.ROLES)}'
      AND f.production_year = ${chance.between(1995, 2015)}
      AND h.id = c.character_id AND f.id = c.film_id AND r.id = c.role_id`,
  chance => `SELECT f.title, f.production_year FROM film f
    WHERE f.title LIKE '${chance.pick(words.TITLE_WORDS)} ${chance.pick(words.TITLE_WORDS)}%'
    ORDER BY f.production_year DESC LIMIT 20`,
  chance => `SELECT s.title, count(*) FROM film s JOIN film e ON e.series_id = s.id
    WHERE s.kind_id = 2 AND e.production_year = ${chance.between(1990, 2014)}
    GROUP BY s.id, s.title ORDER BY count(*) DESC LIMIT 10`,
  chance => `SELECT f.title, p.name, c.position FROM film f JOIN casting c ON c.film_id = f.id
      JOIN person p ON p.id = c.person_id
    WHERE f.id = ${chance.between(1, 9_000)} AND c.role_id IN (1, 2) ORDER BY c.position`,
  chance => `SELECT f.title, f.production_year, r.name FROM casting c JOIN film f ON f.id = c.film_id
      JOIN role r ON r.id = c.role_id
    WHERE c.person_id = ${chance.between(1, 9_000)} ORDER BY f.production_year DESC`,
  chance => `SELECT a.value, count(DISTINCT f.id) FROM film f JOIN film_fact a ON a.film_id = f.id
    WHERE a.kind_id = 1 AND f.production_year ${years(chance)} AND f.kind_id = 1
      AND EXISTS (SELECT 1 FROM film_keyword m JOIN keyword w ON w.id = m.keyword_id
        WHERE m.film_id = f.id AND w.word = '${chance.pick(words.KEYWORDS)}')
    GROUP BY a.value ORDER BY 2 DESC`,
  chance => `SELECT min(f.title), min(b.value), min(g.value), min(p.name)
    FROM casting c, fact_kind i1, fact_kind i2, film_fact b, film_figure g, person p, film f
    WHERE c.note IN (${quote(chance.sample(words.NOTES, 2))}) AND i1.name = 'genres' AND i2.name = 'votes'
      AND b.value = '${chance.pick(words.GENRES)}' AND p.gender = '${chance.pick(['m', 'f'])}'
      AND f.id = b.film_id AND f.id = g.film_id AND f.id = c.film_id AND p.id = c.person_id AND i1.id = b.kind_id
      AND i2.id = g.kind_id AND f.production_year > ${chance.between(1990, 2012)}`,
  chance => `SELECT p.name, count(*) FROM person p JOIN casting c ON c.person_id = p.id
      LEFT JOIN person_fact b ON b.person_id = p.id AND b.kind_id = 12
    WHERE p.born_year = ${chance.between(1930, 1990)} AND b.id IS NULL
    GROUP BY p.id, p.name HAVING count(*) > 5 ORDER BY 2 DESC LIMIT 25`,
];
