/**
 * The demo's rows as its queries give them: every column, whether the page needs it or not, as object-relational mappers do.
 *
 * Units   prices as text with two decimals, as PostgreSQL's numeric arrives
 */

interface Stamped {
  readonly id: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

export interface Category extends Stamped {
  /** Null for a department. */
  readonly parent_id: number | null;
  readonly name: string;
  readonly slug: string;
}

export interface Brand extends Stamped {
  readonly name: string;
  readonly slug: string;
  readonly country: string;
  readonly founded: number;
}

export interface Attributes {
  readonly colour: string;
  readonly material: string;
  readonly weightGrams: number;
  readonly warrantyYears: number;
  readonly sizeCm: readonly number[];
}

export interface Product extends Stamped {
  readonly sku: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly category_id: number;
  readonly brand_id: number;
  readonly price: string;
  readonly stock: number;
  readonly attributes: Attributes;
  /** Null without reviews. */
  readonly rating: string | null;
  readonly review_count: number;
  /** One more with every change to the product or its reviews. */
  readonly version: number;
}

export interface Customer extends Stamped {
  readonly email: string;
  readonly name: string;
  readonly address: { readonly street: string; readonly number: number; readonly city: string };
}

export interface Review extends Stamped {
  readonly product_id: number;
  readonly customer_id: number;
  readonly rating: number;
  readonly title: string;
  readonly body: string;
}

export interface Order extends Stamped {
  readonly customer_id: number;
  readonly state: string;
  readonly shipping: Customer['address'];
}

export interface OrderLine {
  readonly id: number;
  readonly order_id: number;
  readonly product_id: number;
  readonly quantity: number;
  readonly unit_price: string;
}
