/**
 * The demo's sessions: a random token in a cookie that no script can read and no other site can send along with a POST.
 */

import { randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { customerOfSession, signIn, signOut } from '../shop/account.ts';
import type { Customer } from '../shop/rows.ts';
import type { DemoEnvironment } from './environment.ts';

const COOKIE = 'session';
const LIFETIME_SECONDS = 86_400;

export async function visitor(context: Context<DemoEnvironment>): Promise<Customer | undefined> {
  const token = getCookie(context, COOKIE);
  return token === undefined ? undefined : customerOfSession(context.var.database, token);
}

export async function beginSession(context: Context<DemoEnvironment>, email: string): Promise<boolean> {
  const token = randomBytes(24).toString('base64url');
  if (!(await signIn(context.var.database, email, token))) return false;
  setCookie(context, COOKIE, token, {
    httpOnly: true,
    sameSite: 'Lax',
    path: '/',
    maxAge: LIFETIME_SECONDS,
  });
  return true;
}

export async function endSession(context: Context<DemoEnvironment>): Promise<void> {
  const token = deleteCookie(context, COOKIE, { path: '/' });
  if (token !== undefined) await signOut(context.var.database, token);
}
