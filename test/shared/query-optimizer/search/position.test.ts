/** Whatever was switched on and off, a position knows what one opened anew would. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createModel, type Model } from '../../../../shared/query-optimizer/search/model.ts';
import {
  copyPosition,
  gainOf,
  lossWithout,
  openPosition,
  type Position,
  switchOff,
  switchOn,
} from '../../../../shared/query-optimizer/search/position.ts';
import type { KnownPlan, WhatIf } from '../../../../shared/query-optimizer/search/what-if.ts';

const IDS = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

const plan = fc.record({
  used: fc.subarray(IDS, { minLength: 1, maxLength: 3 }),
  cost: fc.integer({ min: 1, max: 900 }),
});
const workload = fc.array(fc.array(plan, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 });
const switches = fc.array(fc.integer({ min: 0, max: IDS.length - 1 }), { maxLength: 12 });

function modelOf(items: readonly (readonly KnownPlan[])[]): Model {
  const plansOf = (item: number) => [{ used: [], cost: 1_000 }, ...(items[item] ?? [])];
  const known = { items: items.map((_, at) => ({ calls: at + 1 })), plansOf, roomOf: () => 1 };
  return createModel(known as unknown as WhatIf, () => 7);
}

function toggled(model: Model, numbers: readonly number[]): Position {
  const position = openPosition(model, new Uint8Array(model.ids.length));
  for (const number of numbers.filter(each => each < model.ids.length)) {
    // Gains that are known by then must not outlive what they were of.
    for (const move of model.moves.keys()) gainOf(model, position, move);
    if (position.on[number] === 1) switchOff(model, position, number);
    else switchOn(model, position, [number]);
  }
  return position;
}

describe('a position', () => {
  it('knows what each item costs, and what each move gains and each index is worth', () => {
    fc.assert(
      fc.property(workload, switches, (items, numbers) => {
        const model = modelOf(items);
        const position = toggled(model, numbers);
        const { on } = position;
        expect(position.costs).toEqual(items.map((_, item) => model.costOf(item, on)));
        for (const [at, move] of model.moves.entries()) {
          const more = on.slice();
          for (const number of move) more[number] = 1;
          expect(gainOf(model, position, at)).toBe(model.total(on) - model.total(more));
        }
        for (const number of [...on.keys()].filter(each => on[each] === 1)) {
          const less = on.slice();
          less[number] = 0;
          expect(lossWithout(model, position, number)).toBe(model.total(less) + 7 - model.total(on));
        }
      }),
    );
  });

  it('is left as it was by what is done to a copy', () => {
    const model = modelOf([[{ used: ['a'], cost: 10 }]]);
    const position = openPosition(model, new Uint8Array(1));
    switchOn(model, copyPosition(position), [0]);
    expect([position.costs, [...position.on], gainOf(model, position, 0)]).toEqual([[1_000], [0], 983]);
  });
});
