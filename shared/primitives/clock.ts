/**
 * The present moment as an argument, so that every decision about time can be tested at any instant.
 *
 * Units   epoch milliseconds
 */

export type Clock = () => number;

export const systemClock: Clock = () => Date.now();
