/**
 * How much of what is published is held in memory at once.
 *
 * Units   bytes
 */

/** What is no larger is held whole: it can be made smaller, and sent again without being read again. */
export const WHOLE_BYTES = 4 * 1024 * 1024;
/** Of all files that are held whole, with what is made of them. */
export const WHOLE_BUDGET_BYTES = 8 * 1024 * 1024;
/** Parts of large files that are held at once, whosever they are. */
export const PART_BUFFERS = 2;
/** Files under way at once, however small. */
export const FILES_AT_ONCE = 8;
/** As many as a small machine has processors. */
export const COMPRESSIONS_AT_ONCE = 2;
