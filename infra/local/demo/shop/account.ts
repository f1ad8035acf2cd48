/**
 * Who is signed in, and what they ordered.
 *
 * Cost    orders and their lines are found by reading their whole tables: there is no index on the keys that lead to them
 */

import type { Database } from '../database.ts';
import type { Customer, Order, OrderLine, Product } from './rows.ts';

export interface OrderedLine extends OrderLine {
  readonly product: Product | undefined;
}

export interface OrderWithLines extends Order {
  readonly lines: readonly OrderedLine[];
}

const ORDERS_SHOWN = 5;

export async function customerOfSession(database: Database, token: string): Promise<Customer | undefined> {
  const [session] = await database.query<{ customer_id: number }>('SELECT * FROM sessions WHERE token = $1', [
    token,
  ]);
  if (session === undefined) return undefined;
  return (await database.query<Customer>('SELECT * FROM customers WHERE id = $1', [session.customer_id]))[0];
}

/** A demo has no passwords: whoever knows the address is let in. */
export async function signIn(database: Database, email: string, token: string): Promise<boolean> {
  const [customer] = await database.query<Customer>('SELECT * FROM customers WHERE email = $1', [email]);
  if (customer === undefined) return false;
  await database.query('INSERT INTO sessions VALUES ($1, $2, now())', [token, customer.id]);
  return true;
}

export async function signOut(database: Database, token: string): Promise<void> {
  await database.query('DELETE FROM sessions WHERE token = $1', [token]);
}

export async function ordersOf(database: Database, { id }: Customer): Promise<readonly OrderWithLines[]> {
  const orders = await database.query<Order>(
    `SELECT * FROM orders WHERE customer_id = $1 ORDER BY created_at DESC, id DESC LIMIT ${ORDERS_SHOWN}`,
    [id],
  );
  const complete: OrderWithLines[] = [];
  for (const order of orders) complete.push({ ...order, lines: await linesOf(database, order) });
  return complete;
}

async function linesOf(database: Database, { id }: Order): Promise<readonly OrderedLine[]> {
  const lines = await database.query<OrderLine>('SELECT * FROM order_lines WHERE order_id = $1 ORDER BY id', [
    id,
  ]);
  const complete: OrderedLine[] = [];
  for (const line of lines) {
    const [product] = await database.query<Product>('SELECT * FROM products WHERE id = $1', [
      line.product_id,
    ]);
    complete.push({ ...line, product });
  }
  return complete;
}
