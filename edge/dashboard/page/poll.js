/** Asks again and again while somebody looks: not while the page is hidden or paused, and never twice at once. */

/** load(signal) is awaited; its outcome goes to done(value) or failed(error). everyMs() is the pause that follows. */
export function createPoll({ load, done, failed, everyMs }) {
  let timer;
  let asking;
  let isPaused = false;

  async function ask() {
    clearTimeout(timer);
    asking?.abort();
    const own = new AbortController();
    asking = own;
    try {
      const value = await load(own.signal);
      if (!own.signal.aborted) done(value);
    } catch (error) {
      if (own.signal.aborted) return;
      // Who must change something first, such as the token, answers false.
      if (failed(error) === false) return;
    }
    if (!own.signal.aborted && !document.hidden && !isPaused) timer = setTimeout(ask, everyMs());
  }

  document.addEventListener('visibilitychange', () => {
    if (document.hidden) clearTimeout(timer);
    else if (!isPaused) ask();
  });

  return {
    now: ask,
    get isPaused() {
      return isPaused;
    },
    pause(paused) {
      isPaused = paused;
      if (paused) clearTimeout(timer);
      else ask();
    },
  };
}
