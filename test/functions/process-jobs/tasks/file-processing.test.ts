import { describe, expect, it } from 'vitest';
import type { AskVariant } from '../../../../functions/process-jobs/tasks/ask-variant.ts';
import { createFileProcessingTask } from '../../../../functions/process-jobs/tasks/file-processing.ts';
import { PermanentError } from '../../../../shared/jobs/permanent-error.ts';
import type { TaskContext } from '../../../../shared/jobs/worker/task.ts';

type Outcome = Awaited<ReturnType<AskVariant>>;

const made = (path: string): Outcome => {
  const width = Number(/width=(\d+)/.exec(path)?.[1]);
  return { ok: true, width, height: width, bytes: 9, contentType: 'image/avif' };
};

function scene(answer: (path: string) => Outcome = made) {
  const asked: string[] = [];
  const told: unknown[] = [];
  const { signal } = new AbortController();
  const task = createFileProcessingTask({
    imagesPath: '/edge/images',
    async ask(path, given) {
      expect(given).toBe(signal);
      asked.push(path);
      return answer(path);
    },
  });
  const progress = (percent: number, message?: string) => void told.push([percent, message]);
  const context = { signal, progress } as TaskContext;
  const run = (options: object, operation = 'image-variants', key = 'a b.jpg') =>
    task({ key, operation, options: options as Record<string, never> }, context);
  return { asked, told, run };
}

describe('an image-variants job', () => {
  it('makes each width in each format, says how far it is, and results in a manifest', async () => {
    const { run, asked, told } = scene();
    const manifest = await run({ widths: [320, 640], formats: ['avif'], options: 'quality=60' });
    const urls = [320, 640].map(width => `/edge/images/width=${width},format=avif,quality=60/a%20b.jpg`);
    expect(asked).toEqual(urls);
    expect(told).toEqual([
      [50, '1 of 2 variants'],
      [100, '2 of 2 variants'],
    ]);
    expect(manifest).toMatchObject({
      source: 'a b.jpg',
      failed: [],
      srcset: { avif: `${urls[0]} 320w, ${urls[1]} 640w` },
    });
  });

  it('lists what failed beside what was made', async () => {
    const { run } = scene(path =>
      path.includes('format=avif') ? { ok: false, code: 'IMAGE_TOO_MANY_PIXELS' } : made(path),
    );
    expect(await run({ widths: [320], formats: ['avif', 'webp'] })).toMatchObject({
      variants: [{ format: 'webp' }],
      failed: [{ code: 'IMAGE_TOO_MANY_PIXELS' }],
    });
  });

  it('of which nothing can be made is over at once', async () => {
    const { run } = scene(() => ({ ok: false, code: 'IMAGE_SOURCE_MISSING' }));
    const failing = run({ widths: [320, 640] });
    await expect(failing).rejects.toBeInstanceOf(PermanentError);
    await expect(failing).rejects.toMatchObject({
      code: 'IMAGE_VARIANTS_NONE',
      message: 'Each variant of a b.jpg was refused with IMAGE_SOURCE_MISSING',
    });
  });

  it('is tried again when the edge was down', async () => {
    const { run } = scene(() => {
      throw Object.assign(new Error('the edge is away'), { code: 'IMAGE_EDGE_FAILED' });
    });
    const failing = run({ widths: [320] });
    await expect(failing).rejects.toMatchObject({ code: 'IMAGE_EDGE_FAILED' });
    await expect(failing).rejects.not.toBeInstanceOf(PermanentError);
  });

  it.each([
    [{}, 'widths'],
    [{ widths: [] }, 'widths'],
    [{ widths: ['wide'] }, 'widths[0]'],
    [{ widths: [320], formats: ['bmp'] }, 'formats[0]'],
    [{ widths: [320], options: 'speed=1' }, 'options'],
    [{ widths: [320], crop: true }, 'crop'],
  ])('with options %j is over at once, and tells which is wrong', async (options, named) => {
    const { run, asked } = scene();
    const failing = run(options);
    await expect(failing).rejects.toBeInstanceOf(PermanentError);
    await expect(failing).rejects.toMatchObject({
      code: 'IMAGE_VARIANTS_INVALID',
      message: expect.stringContaining(named),
    });
    expect(asked).toEqual([]);
  });

  it('of a source that cannot be named is over at once', async () => {
    const { run } = scene();
    await expect(run({ widths: [320] }, 'image-variants', '../secret.jpg')).rejects.toMatchObject({
      code: 'IMAGE_VARIANTS_INVALID',
      message: expect.stringContaining('key'),
    });
  });
});

it('another operation is nobody’s', async () => {
  const failing = scene().run({ widths: [320] }, 'transcode');
  await expect(failing).rejects.toBeInstanceOf(PermanentError);
  await expect(failing).rejects.toMatchObject({
    code: 'OPERATION_UNKNOWN',
    message: "No function does 'transcode'",
  });
});
