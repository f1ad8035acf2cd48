/** Queries 1 to 11. */

import type { Chance } from '../chance.ts';
import { COLOURS, METALS, NATIONS, REGIONS, SEGMENTS, TYPES } from './words.ts';

export function firstHalf(chance: Chance, scale: number): readonly string[] {
  const nation = () => chance.pick(NATIONS)[0];
  const [here, there] = chance.sample(NATIONS, 2).map(([name]) => name);
  const year = () => chance.between(1993, 1997);
  const [market, of] = chance.pick(NATIONS);
  const suppliedFrom = chance.pick(REGIONS);
  const month = (first: number, last: number) => String(chance.between(first, last)).padStart(2, '0');
  return [
    `SELECT l_returnflag, l_linestatus, sum(l_quantity) AS sum_qty, sum(l_extendedprice) AS sum_base_price,
       sum(l_extendedprice * (1 - l_discount)) AS sum_disc_price,
       sum(l_extendedprice * (1 - l_discount) * (1 + l_tax)) AS sum_charge, avg(l_quantity) AS avg_qty,
       avg(l_extendedprice) AS avg_price, avg(l_discount) AS avg_disc, count(*) AS count_order
     FROM lineitem WHERE l_shipdate <= date '1998-12-01' - interval '${chance.between(60, 120)} day'
     GROUP BY l_returnflag, l_linestatus ORDER BY l_returnflag, l_linestatus`,
    `SELECT s_acctbal, s_name, n_name, p_partkey, p_mfgr, s_address, s_phone, s_comment
     FROM part, supplier, partsupp, nation, region
     WHERE p_partkey = ps_partkey AND s_suppkey = ps_suppkey AND p_size = ${chance.between(1, 50)}
       AND p_type LIKE '%${chance.pick(METALS)}' AND s_nationkey = n_nationkey AND n_regionkey = r_regionkey
       AND r_name = '${suppliedFrom}' AND ps_supplycost = (
         SELECT min(ps_supplycost) FROM partsupp, supplier, nation, region
         WHERE p_partkey = ps_partkey AND s_suppkey = ps_suppkey AND s_nationkey = n_nationkey
           AND n_regionkey = r_regionkey AND r_name = '${suppliedFrom}')
     ORDER BY s_acctbal DESC, n_name, s_name, p_partkey LIMIT 100`,
    ((
      day: string,
    ) => `SELECT l_orderkey, sum(l_extendedprice * (1 - l_discount)) AS revenue, o_orderdate, o_shippriority
     FROM customer, orders, lineitem
     WHERE c_mktsegment = '${chance.pick(SEGMENTS)}' AND c_custkey = o_custkey AND l_orderkey = o_orderkey
       AND o_orderdate < date '${day}' AND l_shipdate > date '${day}'
     GROUP BY l_orderkey, o_orderdate, o_shippriority ORDER BY revenue DESC, o_orderdate LIMIT 10`)(
      `1995-03-${month(1, 31)}`,
    ),
    ((day: string) => `SELECT o_orderpriority, count(*) AS order_count FROM orders
     WHERE o_orderdate >= date '${day}' AND o_orderdate < date '${day}' + interval '3 month'
       AND EXISTS (SELECT * FROM lineitem WHERE l_orderkey = o_orderkey AND l_commitdate < l_receiptdate)
     GROUP BY o_orderpriority ORDER BY o_orderpriority`)(`${year()}-${month(1, 10)}-01`),
    ((day: string) => `SELECT n_name, sum(l_extendedprice * (1 - l_discount)) AS revenue
     FROM customer, orders, lineitem, supplier, nation, region
     WHERE c_custkey = o_custkey AND l_orderkey = o_orderkey AND l_suppkey = s_suppkey AND c_nationkey = s_nationkey
       AND s_nationkey = n_nationkey AND n_regionkey = r_regionkey AND r_name = '${chance.pick(REGIONS)}'
       AND o_orderdate >= date '${day}' AND o_orderdate < date '${day}' + interval '1 year'
     GROUP BY n_name ORDER BY revenue DESC`)(`${year()}-01-01`),
    ((day: string, discount: number) => `SELECT sum(l_extendedprice * l_discount) AS revenue FROM lineitem
     WHERE l_shipdate >= date '${day}' AND l_shipdate < date '${day}' + interval '1 year'
       AND l_discount BETWEEN ${discount} - 0.01 AND ${discount} + 0.01 AND l_quantity < ${chance.between(24, 25)}`)(
      `${year()}-01-01`,
      chance.between(2, 9) / 100,
    ),
    `SELECT supp_nation, cust_nation, l_year, sum(volume) AS revenue
     FROM (SELECT n1.n_name AS supp_nation, n2.n_name AS cust_nation, extract(year FROM l_shipdate) AS l_year,
         l_extendedprice * (1 - l_discount) AS volume
       FROM supplier, lineitem, orders, customer, nation n1, nation n2
       WHERE s_suppkey = l_suppkey AND o_orderkey = l_orderkey AND c_custkey = o_custkey
         AND s_nationkey = n1.n_nationkey AND c_nationkey = n2.n_nationkey
         AND ((n1.n_name = '${here}' AND n2.n_name = '${there}') OR (n1.n_name = '${there}' AND n2.n_name = '${here}'))
         AND l_shipdate BETWEEN date '1995-01-01' AND date '1996-12-31') AS shipping
     GROUP BY supp_nation, cust_nation, l_year ORDER BY supp_nation, cust_nation, l_year`,
    `SELECT o_year, sum(CASE WHEN nation = '${market}' THEN volume ELSE 0 END) / sum(volume) AS mkt_share
     FROM (SELECT extract(year FROM o_orderdate) AS o_year, l_extendedprice * (1 - l_discount) AS volume,
         n2.n_name AS nation
       FROM part, supplier, lineitem, orders, customer, nation n1, nation n2, region
       WHERE p_partkey = l_partkey AND s_suppkey = l_suppkey AND l_orderkey = o_orderkey AND o_custkey = c_custkey
         AND c_nationkey = n1.n_nationkey AND n1.n_regionkey = r_regionkey AND r_name = '${REGIONS[of]}'
         AND s_nationkey = n2.n_nationkey AND o_orderdate BETWEEN date '1995-01-01' AND date '1996-12-31'
         AND p_type = '${chance.pick(TYPES)}') AS all_nations
     GROUP BY o_year ORDER BY o_year`,
    `SELECT nation, o_year, sum(amount) AS sum_profit
     FROM (SELECT n_name AS nation, extract(year FROM o_orderdate) AS o_year,
         l_extendedprice * (1 - l_discount) - ps_supplycost * l_quantity AS amount
       FROM part, supplier, lineitem, partsupp, orders, nation
       WHERE s_suppkey = l_suppkey AND ps_suppkey = l_suppkey AND ps_partkey = l_partkey AND p_partkey = l_partkey
         AND o_orderkey = l_orderkey AND s_nationkey = n_nationkey AND p_name LIKE '%${chance.pick(COLOURS)}%') AS profit
     GROUP BY nation, o_year ORDER BY nation, o_year DESC`,
    ((
      day: string,
    ) => `SELECT c_custkey, c_name, sum(l_extendedprice * (1 - l_discount)) AS revenue, c_acctbal, n_name,
       c_address, c_phone, c_comment
     FROM customer, orders, lineitem, nation
     WHERE c_custkey = o_custkey AND l_orderkey = o_orderkey AND o_orderdate >= date '${day}'
       AND o_orderdate < date '${day}' + interval '3 month' AND l_returnflag = 'R' AND c_nationkey = n_nationkey
     GROUP BY c_custkey, c_name, c_acctbal, c_phone, n_name, c_address, c_comment ORDER BY revenue DESC LIMIT 20`)(
      `${chance.between(1993, 1994)}-${month(1, 12)}-01`,
    ),
    ((
      name: string,
    ) => `SELECT ps_partkey, sum(ps_supplycost * ps_availqty) AS value FROM partsupp, supplier, nation
     WHERE ps_suppkey = s_suppkey AND s_nationkey = n_nationkey AND n_name = '${name}'
     GROUP BY ps_partkey HAVING sum(ps_supplycost * ps_availqty) > (
       SELECT sum(ps_supplycost * ps_availqty) * ${(0.0001 / scale).toFixed(10)} FROM partsupp, supplier, nation
       WHERE ps_suppkey = s_suppkey AND s_nationkey = n_nationkey AND n_name = '${name}')
     ORDER BY value DESC`)(nation()),
  ];
}
