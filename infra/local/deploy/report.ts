/**
 * What wrangler wrote of a deployment: where the Worker answers.
 *
 * Shape   lines of JSON -> the first https address, without a pattern in it; undefined where the Worker has none
 * Errors  none (total): a line that is no JSON says nothing
 * Source  Wrangler documentation, WRANGLER_OUTPUT_FILE_PATH
 */

export function workerUrlIn(text: string): string | undefined {
  const targets = text.split('\n').flatMap(targetsIn);
  const urls = targets.map(target => (/^https?:\/\//.test(target) ? target : `https://${target}`));
  return urls.filter(url => URL.canParse(url) && !url.includes('*')).map(url => new URL(url).origin)[0];
}

function targetsIn(line: string): readonly string[] {
  try {
    const { type, targets } = JSON.parse(line);
    return type === 'deploy' && Array.isArray(targets) ? targets.map(String) : [];
  } catch {
    return [];
  }
}

/** The names in `wrangler secret list`. */
export function namesIn(text: string): readonly string[] {
  try {
    return JSON.parse(text).map(({ name }: { readonly name: string }) => name);
  } catch {
    return [];
  }
}

/** What wrangler says where no Worker has the name. */
export function saysNoWorker(text: string): boolean {
  return /Worker "[^"]*"[^"]* not found/.test(text);
}
