/**
 * How much data the demo has: fifty thousand products, or as many as a test needs.
 *
 * Errors  StartError (2) for a number that is none
 */

import { EXIT, StartError } from '../part.ts';

export const PRODUCTS = 50_000;
const MOST_PRODUCTS = 1_000_000;
const MOST_PICTURES = 24;
const PRODUCTS_PER_PICTURE = 100;

/** HEADRACE_DEMO_PRODUCTS is for tests, which have no time for all of them. */
export function demoSize({ HEADRACE_DEMO_PRODUCTS: text }: NodeJS.ProcessEnv): number {
  if (!text) return PRODUCTS;
  const products = Number(text);
  if (Number.isInteger(products) && products >= 1 && products <= MOST_PRODUCTS) return products;
  const sentence = `HEADRACE_DEMO_PRODUCTS must be a whole number from 1 to ${MOST_PRODUCTS}, not ${JSON.stringify(text)}.`;
  throw new StartError(EXIT.badSetting, sentence);
}

/** So many lie in the bucket; every other one is painted when it is asked for. */
export function picturesOf(products: number): number {
  return Math.min(MOST_PICTURES, Math.ceil(products / PRODUCTS_PER_PICTURE));
}
