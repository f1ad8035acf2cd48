/**
 * The private part of the demo: signing in, the account's page, and what only a customer may do: review and order.
 *
 * Errors  401 without a session, 400 with the wrong field's name, 404, 409 when it is sold out; nothing here may be stored
 */

import { type Context, Hono } from 'hono';
import { accountPage, signInPage } from '../pages/account.ts';
import { messagePage } from '../pages/message.ts';
import { ordersOf } from '../shop/account.ts';
import { order, review } from '../shop/changes.ts';
import { hasChanged, isPrivate } from './caching.ts';
import type { DemoEnvironment } from './environment.ts';
import { ORDER, parseBody, REVIEW, SIGN_IN } from './input.ts';
import { PRODUCT_PATH } from './page-routes.ts';
import { beginSession, endSession, visitor } from './session.ts';
import { tagsChanged } from './tags.ts';

export const accountRoutes = new Hono<DemoEnvironment>()
  .get('/account', async context => {
    isPrivate(context);
    const customer = await visitor(context);
    if (customer === undefined) return context.html(signInPage());
    return context.html(accountPage(customer, await ordersOf(context.var.database, customer)));
  })
  .post('/account/sign-in', async context => {
    const parsed = await parseBody(context, SIGN_IN);
    if (!parsed.ok) return refuse(context, 400, parsed.sentence);
    const known = await beginSession(context, parsed.value.email);
    return known ? context.redirect('/account', 303) : refuse(context, 401, 'Nobody here has that address.');
  })
  .post('/account/sign-out', async context => {
    await endSession(context);
    return context.redirect('/', 303);
  })
  .post(`${PRODUCT_PATH}/reviews`, async context => {
    const customer = await visitor(context);
    if (customer === undefined) return refuse(context, 401, 'Sign in to write a review.');
    const parsed = await parseBody(context, REVIEW);
    if (!parsed.ok) return refuse(context, 400, parsed.sentence);
    const product = await review(context.var.database, idOf(context), { customer, ...parsed.value });
    if (product === undefined) return refuse(context, 404, 'There is no such product.');
    hasChanged(context, tagsChanged(product, undefined, 'reviews'));
    return context.redirect(`/products/${product.id}`, 303);
  })
  .post(`${PRODUCT_PATH}/orders`, async context => {
    const customer = await visitor(context);
    if (customer === undefined) return refuse(context, 401, 'Sign in to order.');
    const parsed = await parseBody(context, ORDER);
    if (!parsed.ok) return refuse(context, 400, parsed.sentence);
    const product = await order(context.var.database, idOf(context), { customer, ...parsed.value });
    if (product === undefined) return refuse(context, 404, 'There is no such product.');
    if (product === 'sold-out') return refuse(context, 409, 'So many are not left.');
    hasChanged(context, tagsChanged(product, undefined, 'stock'));
    return context.redirect('/account', 303);
  });

function idOf(context: Context): number {
  return Number(context.req.param('id'));
}

function refuse(context: Context, status: 400 | 401 | 404 | 409, sentence: string) {
  isPrivate(context);
  return context.html(messagePage(sentence), status);
}
