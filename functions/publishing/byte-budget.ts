/**
 * Lets work begin only while what it holds in memory fits, in the order it came.
 *
 * Shape   within(bytes, work) -> what the work gives
 * Units   bytes
 * Errors  those of the work; what is larger than the whole budget has it to itself
 */

export interface ByteBudget {
  within<Result>(bytes: number, work: () => Promise<Result>): Promise<Result>;
}

export function createByteBudget(totalBytes: number): ByteBudget {
  const waiting: { readonly bytes: number; readonly begin: () => void }[] = [];
  let free = totalBytes;

  function beginWhatFits(): void {
    for (let next = waiting[0]; next && next.bytes <= free; next = waiting[0]) {
      waiting.shift();
      free -= next.bytes;
      next.begin();
    }
  }

  return {
    async within(asked, work) {
      const bytes = Math.min(asked, totalBytes);
      await new Promise<void>(begin => {
        waiting.push({ bytes, begin });
        beginWhatFits();
      });
      try {
        return await work();
      } finally {
        free += bytes;
        beginWhatFits();
      }
    },
  };
}
