/**
 * The same catalogue as JSON, and the back office's door: products changed by PATCH.
 *
 * A demo's back office is open; it is on this machine only.
 */

import { Hono } from 'hono';
import { categoryById, findCategory, ofCategory, ofSearch } from '../shop/catalogue.ts';
import { change, type ProductChange } from '../shop/changes.ts';
import { productDetail } from '../shop/product-detail.ts';
import { hasChanged, mayBeStored } from './caching.ts';
import type { DemoEnvironment } from './environment.ts';
import { PRODUCT_CHANGE, parseBody, searchedFor, selectionOf } from './input.ts';
import { CATALOGUE_TAG, tagsChanged, tagsOfCategory, tagsOfProduct, tagsOfProducts } from './tags.ts';

const NO_PRODUCT = { error: 'There is no such product.' };
const PRODUCT_PATH = '/products/:id{[0-9]{1,9}}';

export const apiRoutes = new Hono<DemoEnvironment>()
  .get('/categories/:slug/products', async context => {
    const category = await findCategory(context.var.database, context.req.param('slug'));
    if (category === undefined) return context.json({ error: 'There is no such category.' }, 404);
    const page = await ofCategory(context.var.database, category, selectionOf(context));
    mayBeStored(context, 'page', [...tagsOfCategory(category), ...tagsOfProducts(page.products)]);
    return context.json(page);
  })
  .get(PRODUCT_PATH, async context => {
    const detail = await productDetail(context.var.database, Number(context.req.param('id')));
    if (detail === undefined) return context.json(NO_PRODUCT, 404);
    mayBeStored(context, 'page', tagsOfProduct(detail.product));
    return context.json(detail);
  })
  .get('/search', async context => {
    const words = searchedFor(context);
    if (words === '') return context.json({ error: 'q: must not be empty' }, 400);
    const page = await ofSearch(context.var.database, words, selectionOf(context));
    mayBeStored(context, 'search', [CATALOGUE_TAG, ...tagsOfProducts(page.products)]);
    return context.json(page);
  })
  .patch(PRODUCT_PATH, async context => {
    const parsed = await parseBody(context, PRODUCT_CHANGE);
    if (!parsed.ok) return context.json({ error: parsed.sentence }, 400);
    const product = await change(context.var.database, Number(context.req.param('id')), parsed.value);
    if (product === undefined) return context.json(NO_PRODUCT, 404);
    const shelf = await categoryById(context.var.database, product.category_id);
    hasChanged(context, tagsChanged(product, shelf, isListed(parsed.value) ? 'listing' : 'stock'));
    return context.json(product);
  });

function isListed({ name, price }: ProductChange): boolean {
  return name !== undefined || price !== undefined;
}
