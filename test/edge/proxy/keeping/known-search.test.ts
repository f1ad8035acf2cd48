import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baseOf, createKnownSearch, searchRuleOf } from '../../../../edge/proxy/keeping/known-search.ts';
import { ownTags } from '../../../../edge/proxy/own-tags.ts';
import { preflightKey } from '../../../../shared/http/preflight.ts';

const rule = (value: string) => searchRuleOf([['no-vary-search', value]]);
const IGNORES_UTM = rule('params=("utm_source" "gclid")');

describe('a rule', () => {
  it('belongs to a path, until the path’s last answer says otherwise', () => {
    const known = createKnownSearch();
    known.learn('http://h/a?x=1', IGNORES_UTM);
    expect(known.ruleOf('http://h/a?y=2')).toEqual(IGNORES_UTM);
    expect(known.ruleOf('http://h/a')).toEqual(IGNORES_UTM);
    expect([known.ruleOf('http://h/a/b'), known.ruleOf('http://g/a')]).toEqual([undefined, undefined]);
    known.learn('http://h/a', undefined);
    expect(known.ruleOf('http://h/a?y=2')).toBeUndefined();
  });

  it('of the path that was heard of longest ago is forgotten first', () => {
    const known = createKnownSearch();
    for (let i = 0; i <= 5_000; i++) known.learn(`http://h/${i}`, IGNORES_UTM);
    expect([known.ruleOf('http://h/0'), known.ruleOf('http://h/1')]).toEqual([undefined, IGNORES_UTM]);
  });

  it('that is longer than a key should be is none', () => {
    const names = (count: number) => Array.from({ length: count }, (_, i) => `"p${i}"`).join(' ');
    expect(rule(`params=(${names(64)})`)).toBeDefined();
    expect(rule(`params=(${names(65)})`)).toBeUndefined();
    expect(rule(`params=("${'x'.repeat(1_100)}")`)).toBeUndefined();
  });
});

describe('the name of what is asked', () => {
  it('is the same for what the rule says makes no difference, and for nothing else', () => {
    const names = ['?a=1', '?a=1&utm_source=x', '?gclid=y&a=1', '?a=2'].map(search =>
      baseOf(`http://h/p${search}`, IGNORES_UTM),
    );
    expect(new Set(names.slice(0, 3)).size).toBe(1);
    expect(names[3]).not.toBe(names[0]);
  });

  it('is another under another rule, and never that of a URL or a preflight', () => {
    const one = baseOf('http://h/p?a=1', rule('params=("x")'));
    const other = baseOf('http://h/p?a=1', rule('params=("y")'));
    const preflight = { origin: 'http://o', method: 'PUT', headers: [] };
    const plain = baseOf('http://h/p?a=1', undefined);
    expect(new Set([one, other, plain, `${plain} ${preflightKey(preflight)}`]).size).toBe(4);
    expect(one).toContain(' ');
  });

  it('does not depend on how the rule is written', () => {
    const key = 'http://h/p?b=1&a=2';
    expect(baseOf(key, rule('params=("x" "y")'))).toBe(baseOf(key, rule('params=("y" "x"), key-order=?0')));
    expect(baseOf(key, rule('except=("a")'))).toBe(baseOf(key, rule('params, except=("a")')));
  });

  it('tells all paths apart', () => {
    fc.assert(
      fc.property(fc.webUrl(), fc.webUrl(), (one, other) => {
        const [left, right] = [new URL(one).href, new URL(other).href];
        fc.pre(left !== right);
        expect(baseOf(left, IGNORES_UTM)).not.toBe(baseOf(right, IGNORES_UTM));
      }),
    );
  });
});

it('what stands for several queries is carried by no URL of its own', () => {
  expect(ownTags('http://h/a?b')).not.toContain(',n//h/a');
});
