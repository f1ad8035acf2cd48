/**
 * A few buffers that all large files share, so that what is held in memory does not grow with what is sent.
 *
 * Shape   take() -> buffer, waiting while all are out; give(buffer)
 * Cost    as many buffers as were ever out at once
 */

export interface PartBuffers {
  readonly partBytes: number;
  take(): Promise<Uint8Array>;
  give(buffer: Uint8Array): void;
}

export function createPartBuffers(partBytes: number, most: number): PartBuffers {
  const free: Uint8Array[] = [];
  const waiting: ((buffer: Uint8Array) => void)[] = [];
  let made = 0;
  return {
    partBytes,
    async take() {
      const buffer = free.pop();
      if (buffer) return buffer;
      if (made < most) {
        made++;
        // Not from a pool, and in pages that are there only once they are written to.
        return Buffer.allocUnsafeSlow(partBytes);
      }
      return new Promise(resolve => waiting.push(resolve));
    },
    give(buffer) {
      const next = waiting.shift();
      if (next) next(buffer);
      else free.push(buffer);
    },
  };
}
