/** JSON Schemas as a person reads them: a member a line, its type, and what it is. */

import { h } from './dom.js';

const DEEPEST = 5;

export function resolve(schema, api) {
  const name = schema?.$ref?.split('/').at(-1);
  return name ? { ...api.components.schemas[name], ...schema } : schema;
}

/** 'text', 'a' | 'b', number[], { [name]: … } | null */
export function typeOf(schema = {}) {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map(value => JSON.stringify(value)).join(' | ');
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return choices.map(typeOf).join(' | ');
  if (schema.type === 'array') return `${typeOf(schema.items)}[]`;
  if (schema.type === 'object' && isSchema(schema.additionalProperties) && !schema.properties)
    return `{ [name]: ${typeOf(schema.additionalProperties)} }`;
  return schema.format ?? schema.type ?? 'anything';
}

export function schemaTable(schema, api, depth = 0) {
  const inner = membersOf(resolve(schema, api));
  if (!inner) return depth === 0 ? h('p', {}, h('code', {}, typeOf(schema))) : null;
  const { properties, required = [] } = inner;
  const rows = Object.entries(properties).map(([name, member]) => {
    const { description, default: standard } = member;
    const says = [
      typeOf(member),
      required.includes(name) ? '' : 'optional',
      standard === undefined ? '' : `by default ${JSON.stringify(standard)}`,
    ];
    return h(
      'li',
      {},
      h('code', {}, name),
      h('i', {}, says.filter(Boolean).join(', ')),
      description && h('span', {}, description),
      depth < DEEPEST && schemaTable(member, api, depth + 1),
    );
  });
  return h('ul', { class: 'members' }, ...rows);
}

/** The object in it: itself, what an array or a record holds, or the one of several that is no null. */
function membersOf(schema) {
  if (!schema) return undefined;
  if (schema.properties) return schema;
  const inner =
    schema.items ?? (isSchema(schema.additionalProperties) ? schema.additionalProperties : undefined);
  return membersOf(inner) ?? (schema.anyOf ?? schema.oneOf)?.map(membersOf).find(Boolean);
}

function isSchema(value) {
  return typeof value === 'object' && value !== null && Object.keys(value).length > 0;
}

/** A value to begin with: what is needed, else the first that may be given. */
export function exampleOf(schema, api) {
  const { type, properties = {}, required = [], items, ...rest } = resolve(schema, api) ?? {};
  if (rest.default !== undefined) return rest.default;
  if (rest.const !== undefined) return rest.const;
  if (rest.enum) return rest.enum[0];
  const [choice] = rest.anyOf ?? rest.oneOf ?? [];
  if (choice) return exampleOf(choice, api);
  if (type === 'object') {
    const names = required.some(name => properties[name]?.default === undefined)
      ? required
      : Object.keys(properties).slice(0, 1);
    return Object.fromEntries(names.map(name => [name, exampleOf(properties[name], api)]));
  }
  if (type === 'array') return [exampleOf(items, api)];
  if (type === 'null') return null;
  return { integer: 1, number: 1, boolean: false }[type] ?? '';
}
