/** An origin that answers only when it is let go, so that all who ask meanwhile ask at once. */

import type { Behaviour } from './origin.ts';

export interface Gate {
  readonly behaviour: Behaviour;
  /** Answers who waits, and everyone from now on at once. */
  open(): void;
}

export function gated(behave: Behaviour): Gate {
  const waiting: (() => void)[] = [];
  let isOpen = false;
  const behaviour: Behaviour = (request, response) => {
    const go = () => behave(request, response);
    if (isOpen) go();
    else waiting.push(go);
  };
  return {
    behaviour,
    open() {
      isOpen = true;
      for (const go of waiting.splice(0)) go();
    },
  };
}
