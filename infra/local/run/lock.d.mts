/** Types of lock.mjs, which is plain JavaScript because it works before anything is installed. */

export declare function tryLock(
  purpose: 'install' | 'stack',
  folder: string,
): Promise<(() => void) | undefined>;
export declare function lockReleased(purpose: 'install' | 'stack', folder: string): Promise<void>;
