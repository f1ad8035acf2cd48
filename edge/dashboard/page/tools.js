/** The two forms: purge and explain, with what came of them. */

import { ask } from './api.js';
import { byId, h, show } from './dom.js';
import { clock, count } from './format.js';

const EXAMPLES = {
  urls: '/products/1',
  tags: 'product-1',
  prefixes: '/products/',
  hosts: location.host,
  patterns: '/products/*?page=*',
};

/** `changed` is called after a purge. */
export function startTools(changed) {
  const purge = byId('purge');
  const { selector, items, soft } = purge.elements;
  const everything = () => selector.value === 'everything';
  selector.addEventListener('change', () => {
    items.placeholder = EXAMPLES[selector.value] ?? '';
    items.closest('label').hidden = everything();
    delete purge.dataset.sure;
    nameButton(purge, everything());
  });
  onSubmit(purge, byId('purged'), async () => {
    if (everything() && !purge.dataset.sure) {
      purge.dataset.sure = 'asked';
      return [h('p', {}, 'This empties every level for every host. Press again to do it.')];
    }
    delete purge.dataset.sure;
    const chosen = everything() ? true : linesOf(items.value);
    const body = { [selector.value]: chosen, soft: soft.checked };
    const done = await ask('POST', '/api/admin/cache/purge', { body });
    changed();
    return purgedWords(done);
  });
  const explain = byId('explain');
  onSubmit(explain, byId('explained'), async () => {
    const { url, headers } = explain.elements;
    const pairs = linesOf(headers.value).map(line =>
      line.split(/:\s*/, 1).concat(line.replace(/^[^:]*:\s*/, '')),
    );
    const body = { url: url.value.trim(), headers: Object.fromEntries(pairs) };
    return explainedWords(await ask('POST', '/api/admin/cache/explain', { body }));
  });
}

function onSubmit(form, output, act) {
  form.addEventListener('submit', async event => {
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    try {
      show(output, ...(await act()));
      output.dataset.kind = 'done';
    } catch (error) {
      show(output, h('p', {}, error.message), error.code && h('code', {}, error.code));
      output.dataset.kind = 'wrong';
    } finally {
      button.disabled = false;
    }
  });
}

function nameButton(form, isEverything) {
  show(form.querySelector('button'), isEverything ? 'Purge everything' : 'Purge');
}

const linesOf = text =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);

function purgedWords({ soft, purged, found, complete, tiers }) {
  const what = found === undefined ? `${count(purged)} named` : `${count(found)} found`;
  return [
    h(
      'p',
      {},
      `${soft ? 'Made stale' : 'Purged'}: ${what}${complete === false ? ', and the search stopped at its bound' : ''}.`,
    ),
    h(
      'dl',
      {},
      ...Object.entries(tiers).flatMap(([name, outcome]) => [h('dt', {}, name), h('dd', {}, outcome)]),
    ),
  ];
}

function explainedWords({ words, key, rule, decision, instants }) {
  const grounds = { ...decision, rule, key, ...datesOf(instants ?? {}) };
  const known = Object.entries(grounds).filter(([, value]) => value != null);
  return [
    h('p', {}, words),
    h(
      'dl',
      {},
      ...known.flatMap(([name, value]) => [h('dt', {}, name), h('dd', {}, [value].flat().join(', '))]),
    ),
  ];
}

function datesOf(instants) {
  return Object.fromEntries(
    Object.entries(instants).map(([name, date]) => [name, date && clock(date, true)]),
  );
}
