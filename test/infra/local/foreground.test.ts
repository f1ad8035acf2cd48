import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const module = JSON.stringify(join(import.meta.dirname, '../../../infra/local/foreground.ts'));
const parts = JSON.stringify(join(import.meta.dirname, '../../../infra/local/part.ts'));

/** A run in a process of its own, since it ends its process. */
function run(foreground: string) {
  const script = `
    import { runInForeground } from ${module};
    import { StartError } from ${parts};
    setInterval(() => {}, 1000);
    await runInForeground({ open: async () => console.log('open'), close: async () => console.log('closed'), kill() {}, ${foreground} });
  `;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', script]);
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', chunk => {
    output += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', chunk => {
    errors += chunk;
  });
  const exit = once(child, 'close').then(([code]) => ({ code, output, errors }));
  return { child, exit };
}

test('closes on a signal and ends with 0', async () => {
  const { child, exit } = run('');
  await once(child.stdout, 'data');
  child.kill('SIGTERM');
  const { code, output, errors } = await exit;
  expect([code, errors]).toEqual([0, '']);
  expect(output).toMatch(/^open\nStopping.*\nclosed\n$/);
});

test('closes what was opened so far when opening fails, and says why in one sentence', async () => {
  const { exit } = run(`open: async () => { throw new StartError(3, 'Port 80 is taken: choose another.'); }`);
  expect(await exit).toEqual({ code: 3, output: 'closed\n', errors: 'Port 80 is taken: choose another.\n' });
});

test('a signal while opening closes too, and is no failure', async () => {
  const { child, exit } = run(`open: async () => { console.log('opening'); await new Promise(() => {}); }`);
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  expect(await exit).toMatchObject({ code: 0, errors: '' });
});

test('a second signal kills at once, although closing hangs', async () => {
  const { child, exit } = run(`close: () => new Promise(() => {}), kill: () => console.log('killed')`);
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  await once(child.stdout, 'data');
  child.kill('SIGINT');
  const { code, output, errors } = await exit;
  expect(code).toBe(1);
  expect(output).toContain('killed\n');
  expect(errors).toMatch(/^Killed at once; [^\n]+\n$/);
});

test('goes on closing although nobody reads its output any more', async () => {
  const { child, exit } = run('');
  await once(child.stdout, 'data');
  child.stdout.destroy();
  child.kill('SIGTERM');
  expect((await exit).code).toBe(0);
});
