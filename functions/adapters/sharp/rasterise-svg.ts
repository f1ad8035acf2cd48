/**
 * Draws an SVG in a process of its own that is ended when it takes too long: a few nested references keep the renderer busy for
 * hours, and nothing inside this process could stop it.
 *
 * Files and addresses it names are not opened: the renderer has no base to resolve them by, and no network.
 *
 * Shape   SVG -> PNG, its longer side about 2,000 pixels | Refusal
 * Units   ms
 * Errors  IMAGE_TOO_SLOW, IMAGE_UNREADABLE
 * Cost    a process, about 80 ms; it finds sharp from the folder this one runs in
 */
import { spawn } from 'node:child_process';
import { type Refusal, refuse } from '../../../shared/images/refusal.ts';

/** Node itself, and what it needs to start: where its libraries are, and nothing of ours. */
export interface NodeProgram {
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
}

export interface Rasterising {
  readonly timeoutMs: number;
  readonly node: NodeProgram;
}

/** A vector has no size of its own worth keeping: it is drawn large enough for most uses, and shrunk. */
const DRAW = `
const sharp = require('sharp');
const chunks = [];
process.stdin.on('data', chunk => chunks.push(chunk)).on('end', async () => {
  try {
    const svg = Buffer.concat(chunks);
    const { width, height } = await sharp(svg).metadata();
    const density = Math.min(2400, Math.max(72, 72 * 2000 / Math.max(width, height)));
    process.stdout.write(await sharp(svg, { density, limitInputPixels: 25e6 }).png({ compressionLevel: 1 }).toBuffer());
  } catch (error) {
    process.stderr.write(String(error.message));
    process.exitCode = 1;
  }
});`;

export function rasteriseSvg(
  svg: Uint8Array,
  { timeoutMs, node }: Rasterising,
): Promise<Uint8Array | Refusal> {
  return new Promise((resolve, reject) => {
    const child = spawn(node.path, ['--input-type=commonjs', '-e', DRAW], {
      env: { ...node.environment },
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    });
    const drawn: Buffer[] = [];
    const said: Buffer[] = [];
    child.stdout.on('data', chunk => drawn.push(chunk));
    child.stderr.on('data', chunk => said.push(chunk));
    // It may end before it has read all: how it ended says what is wrong.
    child.stdin.on('error', () => {}).end(svg);
    child.once('error', reject).once('close', (code, signal) => {
      if (signal !== null) resolve(refuse('IMAGE_TOO_SLOW', 'drawing the SVG was given up'));
      else if (code !== 0)
        resolve(refuse('IMAGE_UNREADABLE', Buffer.concat(said).toString('latin1').slice(0, 120)));
      else resolve(Buffer.concat(drawn));
    });
  });
}
