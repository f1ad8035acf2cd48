/**
 * What has been started is stopped, in reverse order, also when what comes after it does not start.
 */

export interface Owned {
  <Part extends { stop(): Promise<unknown> }>(starting: Promise<Part>): Promise<Part>;
  /** Anything else that has to be undone. */
  undo(work: () => Promise<unknown>): void;
}

export async function owning<Result>(work: (own: Owned) => Promise<Result>): Promise<Result> {
  const undoing: (() => Promise<unknown>)[] = [];
  const own = async <Part extends { stop(): Promise<unknown> }>(starting: Promise<Part>): Promise<Part> => {
    const part = await starting;
    undoing.push(() => part.stop());
    return part;
  };
  try {
    return await work(
      Object.assign(own, { undo: (undo: () => Promise<unknown>) => void undoing.push(undo) }),
    );
  } finally {
    for (const undo of undoing.toReversed()) await undo();
  }
}
