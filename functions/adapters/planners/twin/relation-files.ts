/**
 * Writes the files of relations below a data directory.
 *
 * Shape   createRelationFiles(dataDir) -> readHead, resize, as engine.ts says
 * Cost    no space for what is not written: files are sparse, in segments of a gigabyte
 */

import { chown, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { segmentsOf, type TwinEngine } from '../../../../shared/query-optimizer/twin/engine.ts';
import { PAGE_BYTES } from '../../../../shared/query-optimizer/twin/page.ts';

export function createRelationFiles(dataDir: string): Pick<TwinEngine, 'readHead' | 'resize'> {
  return {
    async readHead(path) {
      const file = await open(join(dataDir, path), 'r');
      try {
        const page = new Uint8Array(PAGE_BYTES);
        const { bytesRead } = await file.read(page, 0, PAGE_BYTES, 0);
        return page.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
    async resize(path, bytes, head) {
      const { uid, gid } = await stat(join(dataDir, path));
      for (const segment of segmentsOf(path, bytes)) {
        const file = await open(join(dataDir, segment.path), segment.path === path ? 'r+' : 'a+', 0o600);
        try {
          await file.truncate(segment.bytes);
          if (head && segment.path === path) await file.write(head, 0, head.length, 0);
        } finally {
          await file.close();
        }
        // The server may run as somebody else, who has to read what we added.
        if (segment.path !== path) await chown(join(dataDir, segment.path), uid, gid);
      }
    },
  };
}
