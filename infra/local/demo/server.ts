/**
 * The demo origin's process: makes its data when there is none, listens, tells its launcher where, ends with it.
 *
 * Shape   DATABASE_URL, PRODUCTS, BUCKET as JSON (none: no pictures are uploaded), and IMAGES_PATH where the edge serves them
 *         (none: there is no gallery) -> { url } to the launcher
 */

import { createDemo } from './app.ts';
import { seed } from './data/seed.ts';
import { createDatabase, openPool } from './database.ts';
import { listen } from './listen.ts';
import { uploadPictures } from './pictures/upload.ts';
import { picturesOf } from './size.ts';

process.once('disconnect', () => process.exit());

const { DATABASE_URL = '', PRODUCTS, BUCKET, IMAGES_PATH } = process.env;
const products = Number(PRODUCTS);
const pool = openPool(DATABASE_URL);
await seed(pool, products);
const pictures = picturesOf(products);
const gallery = BUCKET && IMAGES_PATH ? { path: IMAGES_PATH, pictures } : undefined;
const { fetch } = createDemo(createDatabase(pool), { gallery });
process.send?.({ url: await listen(request => fetch(request)) });

// Nobody waits for them: pages paint what is asked for.
if (BUCKET) {
  uploadPictures(JSON.parse(BUCKET), pictures).catch(error => {
    console.error(`demo origin: pictures were not uploaded: ${error.message}`);
  });
}
