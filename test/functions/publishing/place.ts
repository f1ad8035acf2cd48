/** A small site, and places in the bucket of a stage to publish it to. */

import { createPublishDeps } from '../../../functions/publishing/publish-deps.ts';
import { type PublishOptions, publishFolder } from '../../../functions/publishing/publish-folder.ts';
import type { AssetStore } from '../../../shared/publishing/asset-store.ts';
import type { Stage } from './stage.ts';

export const APP = 'app.3f2a9c1d.js';
export const WORDS = 'the quick brown fox jumps over the lazy dog. '.repeat(80);
export const SITE = {
  'index.html': `<script src="/${APP}"></script>`,
  [APP]: `console.log('${WORDS}')`,
  'site.css': 'body{}',
  'logo.png': Buffer.from('89504e470d0a1a0a', 'hex'),
  'docs/index.html': '<p>docs</p>',
  '.well-known/security.txt': 'Contact: mailto:a@example.com',
};

let places = 0;

/** Each is below a prefix of its own. */
export function placeIn(stage: Stage, store: AssetStore = stage.store) {
  const prefix = `p${++places}/`;
  const told: string[][] = [];
  const tellCaches = async (keys: readonly string[]) => void told.push([...keys]);
  return {
    prefix,
    told,
    wordsOf: (key: string) => stage.wordsOf(prefix + key),
    publish: (folder: string, options: PublishOptions = {}, from = store) =>
      publishFolder(folder, createPublishDeps(from), { prefix, tellCaches, ...options }),
  };
}
