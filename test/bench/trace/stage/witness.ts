/**
 * The headers between the bench's clients and the origin's witness.
 */

/** Tells the client's writes apart. */
export const CHANGE_HEADER = 'x-bench-change';

/**
 * Which tags a change touches. The demo says it as Cache-Group-Invalidation, by which the edge would purge of its own accord;
 * here pages are in no groups and the application purges their tags by the API, and waits for the answer.
 */
export const TAGS_HEADER = 'x-bench-tags';
