/**
 * The demo origin's process: makes its data when there is none, listens, tells its launcher where, ends with it.
 *
 * Shape   DATABASE_URL, PRODUCTS, and BUCKET as JSON (none: no pictures are uploaded) -> { url } to the launcher
 */

import { createDemo } from './app.ts';
import { seed } from './data/seed.ts';
import { createDatabase, openPool } from './database.ts';
import { listen } from './listen.ts';
import { uploadPictures } from './pictures/upload.ts';
import { picturesOf } from './size.ts';

process.once('disconnect', () => process.exit());

const { DATABASE_URL = '', PRODUCTS, BUCKET } = process.env;
const products = Number(PRODUCTS);
const pool = openPool(DATABASE_URL);
await seed(pool, products);
const { fetch } = createDemo(createDatabase(pool));
process.send?.({ url: await listen(request => fetch(request)) });

// Nobody waits for them: pages paint what is asked for.
if (BUCKET) {
  uploadPictures(JSON.parse(BUCKET), picturesOf(products)).catch(error => {
    console.error(`demo origin: pictures were not uploaded: ${error.message}`);
  });
}
