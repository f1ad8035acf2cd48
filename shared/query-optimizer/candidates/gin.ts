/**
 * GIN for what a B-tree cannot search: documents, arrays, full text, and pieces of text where pg_trgm is there.
 *
 * Shape   Access -> definitions
 * Source  PostgreSQL, 8.14.4 jsonb Indexing; 65.4.1 GIN operator classes; F.35 pg_trgm
 */

import type { IndexDefinition } from '../planner.ts';
import type { Access, Filter } from '../sql/access.ts';
import { columnOf, type FactsDeps } from './column-facts.ts';

export function ginCandidates(access: Access, deps: FactsDeps): readonly IndexDefinition[] {
  return [...access.filters, ...access.arms.flat()].flatMap(filter =>
    operatorClasses(filter, access, deps).map(operatorClass => gin(filter, operatorClass, access)),
  );
}

/** jsonb_path_ops is smaller and faster, and knows no question about keys alone. */
const PATH_OPERATORS = ['@>', '@?', '@@'];

function operatorClasses(filter: Filter, access: Access, deps: FactsDeps): readonly (string | undefined)[] {
  const type = columnOf(access.relation, filter.key.column)?.type ?? '';
  switch (filter.comparison) {
    case 'containment':
      if (type === 'jsonb')
        return PATH_OPERATORS.includes(filter.operator) ? ['jsonb_path_ops', 'jsonb_ops'] : ['jsonb_ops'];
      return type.endsWith('[]') ? [undefined] : [];
    case 'text-search':
      return type === 'tsvector' || filter.key.expression !== undefined ? [undefined] : [];
    case 'pattern':
      return trigramClass(filter, deps);
    default:
      return [];
  }
}

function trigramClass({ operator }: Filter, { server }: FactsDeps): readonly string[] {
  const extension = server.extensions.find(({ name }) => name === 'pg_trgm');
  const isPattern = ['~~', '~~*', '~', '~*', '%', '<%', '%>'].includes(operator);
  return extension && isPattern ? [`${extension.schema}.gin_trgm_ops`] : [];
}

function gin({ key }: Filter, operatorClass: string | undefined, { relation }: Access): IndexDefinition {
  const { schema, name } = relation;
  const { column, expression } = key;
  return {
    table: { schema, name },
    method: 'gin',
    keys: [{ column, expression, operatorClass, isDescending: false }],
    included: [],
    predicate: undefined,
  };
}
