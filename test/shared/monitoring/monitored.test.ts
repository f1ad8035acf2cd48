import { transform } from 'esbuild';
import { expect, test } from 'vitest';
import { createMonitoring } from '../../../shared/monitoring/application.ts';
import { monitored } from '../../../shared/monitoring/monitored.ts';
import { createTestClock } from '../../fakes/clock.ts';

function home() {
  const clock = createTestClock();
  return { clock, monitoring: createMonitoring({ clock }) };
}

test('a function is timed until what it promised is there, and gives it', async () => {
  const { clock, monitoring } = home();
  const gate = Promise.withResolvers<void>();
  const load = monitored(
    async (id: string) => {
      await gate.promise;
      clock.advance(50);
      return `page ${id}`;
    },
    { monitoring, name: 'load', labels: { of: 'page' } },
  );
  const page = load('7');
  gate.resolve();
  expect(await page).toBe('page 7');
  expect(await monitoring.summary('load_seconds')).toMatchObject({ count: 1, mean: 50 });
});

test('one that gives at once gives at once, and keeps its this', async () => {
  const { monitoring } = home();
  const shop = { name: 'mill', greet: monitored(greet, { monitoring, name: 'greet' }) };
  expect(shop.greet('Hello')).toBe('Hello, mill');
  expect(await monitoring.summary('greet_seconds', { result: 'ok' })).toMatchObject({ count: 1 });
});

function greet(this: { name: string }, word: string): string {
  return `${word}, ${this.name}`;
}

test('one that fails fails alike, and is counted as failed', async () => {
  const { monitoring } = home();
  const options = { monitoring, name: 'work' };
  const throws = monitored((): never => {
    throw new Error('at once');
  }, options);
  const rejects = monitored(() => Promise.reject(new Error('later')), options);
  expect(() => throws()).toThrow('at once');
  await expect(rejects()).rejects.toThrow('later');
  expect(await monitoring.summary('work_seconds', { result: 'failed' })).toMatchObject({ count: 2 });
});

test('a decorator, called as the standard calls it', async () => {
  const { monitoring } = home();
  const double = monitored({ monitoring, name: 'double' })(
    (n: number) => 2 * n,
    {} as ClassMethodDecoratorContext,
  );
  expect(double(21)).toBe(42);
  expect(await monitoring.summary('double_seconds')).toMatchObject({ count: 1 });
});

/** As an application writes it: type stripping alone cannot run decorators, so a compiler lowers them. */
const SOURCE = `
  return class Shop {
    constructor(currency) { this.currency = currency; }
    @monitored({ monitoring, name: 'price' })
    async price(id) { return id + ' ' + this.currency; }
  }
`;

test('written with an @, compiled as the standard says', async () => {
  const { monitoring } = home();
  const { code } = await transform(`function build(monitored, monitoring) {${SOURCE}}`, {
    loader: 'ts',
    target: 'es2022',
  });
  expect(code).not.toContain('@monitored');
  const Shop = new Function(`${code}; return build`)()(monitored, monitoring);
  expect(await new Shop('EUR').price('a')).toBe('a EUR');
  expect(await monitoring.summary('price_seconds')).toMatchObject({ count: 1 });
});
