/**
 * The demo's public pages: the first one, lists by category, products, searches.
 *
 * Errors  a page that is not there is a 404 that nobody may store
 */

import { Hono } from 'hono';
import { homePage } from '../pages/home.ts';
import { listPage } from '../pages/list.ts';
import { messagePage } from '../pages/message.ts';
import { productPage } from '../pages/product.ts';
import {
  categoryById,
  departments,
  findCategory,
  newest,
  ofCategory,
  ofSearch,
  shelvesOf,
} from '../shop/catalogue.ts';
import { productDetail } from '../shop/product-detail.ts';
import { mayBeStored } from './caching.ts';
import type { DemoEnvironment } from './environment.ts';
import { searchedFor, selectionOf } from './input.ts';
import { CATALOGUE_TAG, tagsOfCategory, tagsOfProduct } from './tags.ts';

const NEWEST_SHOWN = 8;

export const PRODUCT_PATH = '/products/:id{[0-9]{1,9}}';

export const pageRoutes = new Hono<DemoEnvironment>()
  .get('/', async context => {
    const { database } = context.var;
    const products = await newest(database, NEWEST_SHOWN);
    const rooms = [];
    for (const department of await departments(database)) {
      rooms.push({ department, shelves: await shelvesOf(database, department) });
    }
    mayBeStored(context, 'page', [CATALOGUE_TAG]);
    return context.html(homePage({ products, rooms }));
  })
  .get('/categories/:slug', async context => {
    const { database } = context.var;
    const category = await findCategory(database, context.req.param('slug'));
    if (category === undefined) return context.html(messagePage('There is no such category.'), 404);
    const { parent_id: parent } = category;
    const department = parent === null ? category : ((await categoryById(database, parent)) ?? category);
    const shelves = await shelvesOf(database, department);
    const selection = selectionOf(context);
    const page = await ofCategory(database, category, selection);
    mayBeStored(context, 'page', tagsOfCategory(category));
    return context.html(listPage({ ...page, selection, category, department, shelves }));
  })
  .get(PRODUCT_PATH, async context => {
    const detail = await productDetail(context.var.database, Number(context.req.param('id')));
    if (detail === undefined) return context.html(messagePage('There is no such product.'), 404);
    mayBeStored(context, 'page', tagsOfProduct(detail.product));
    return context.html(productPage(detail));
  })
  .get('/search', async context => {
    const [words, selection] = [searchedFor(context), selectionOf(context)];
    const page = words === '' ? undefined : await ofSearch(context.var.database, words, selection);
    mayBeStored(context, 'search', [CATALOGUE_TAG]);
    return context.html(listPage({ ...(page ?? NOTHING), selection, words }));
  });

const NOTHING = { total: 0, page: 1, pages: 1, products: [] } as const;
