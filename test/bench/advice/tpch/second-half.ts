/** Queries 12 to 22. */

import type { Chance } from '../chance.ts';
import { COLOURS, CONTAINERS, MODES, NATIONS, TYPE_BEGINNINGS } from './words.ts';

export function secondHalf(chance: Chance): readonly string[] {
  const year = () => chance.between(1993, 1997);
  const brand = () => `Brand#${chance.between(1, 5)}${chance.between(1, 5)}`;
  const month = (first: number, last: number) => String(chance.between(first, last)).padStart(2, '0');
  const quoted = (words: readonly (string | number)[]) =>
    words.map(word => (typeof word === 'number' ? word : `'${word}'`)).join(', ');
  return [
    ((day: string) => `SELECT l_shipmode,
       sum(CASE WHEN o_orderpriority = '1-URGENT' OR o_orderpriority = '2-HIGH' THEN 1 ELSE 0 END) AS high_line_count,
       sum(CASE WHEN o_orderpriority <> '1-URGENT' AND o_orderpriority <> '2-HIGH' THEN 1 ELSE 0 END) AS low_line_count
     FROM orders, lineitem
     WHERE o_orderkey = l_orderkey AND l_shipmode IN (${quoted(chance.sample(MODES, 2))})
       AND l_commitdate < l_receiptdate AND l_shipdate < l_commitdate AND l_receiptdate >= date '${day}'
       AND l_receiptdate < date '${day}' + interval '1 year'
     GROUP BY l_shipmode ORDER BY l_shipmode`)(`${year()}-01-01`),
    `SELECT c_count, count(*) AS custdist
     FROM (SELECT c_custkey, count(o_orderkey) FROM customer LEFT OUTER JOIN orders ON c_custkey = o_custkey
         AND o_comment NOT LIKE '%${chance.pick(['special', 'pending', 'unusual', 'express'])}%${chance.pick(['packages', 'requests', 'accounts', 'deposits'])}%'
       GROUP BY c_custkey) AS c_orders (c_custkey, c_count)
     GROUP BY c_count ORDER BY custdist DESC, c_count DESC`,
    ((
      day: string,
    ) => `SELECT 100.00 * sum(CASE WHEN p_type LIKE 'PROMO%' THEN l_extendedprice * (1 - l_discount) ELSE 0 END)
       / sum(l_extendedprice * (1 - l_discount)) AS promo_revenue
     FROM lineitem, part
     WHERE l_partkey = p_partkey AND l_shipdate >= date '${day}' AND l_shipdate < date '${day}' + interval '1 month'`)(
      `${year()}-${month(1, 12)}-01`,
    ),
    ((day: string) => `WITH revenue (supplier_no, total_revenue) AS (
       SELECT l_suppkey, sum(l_extendedprice * (1 - l_discount)) FROM lineitem
       WHERE l_shipdate >= date '${day}' AND l_shipdate < date '${day}' + interval '3 month' GROUP BY l_suppkey)
     SELECT s_suppkey, s_name, s_address, s_phone, total_revenue FROM supplier, revenue
     WHERE s_suppkey = supplier_no AND total_revenue = (SELECT max(total_revenue) FROM revenue) ORDER BY s_suppkey`)(
      `${year()}-${month(1, 10)}-01`,
    ),
    `SELECT p_brand, p_type, p_size, count(DISTINCT ps_suppkey) AS supplier_cnt FROM partsupp, part
     WHERE p_partkey = ps_partkey AND p_brand <> '${brand()}' AND p_type NOT LIKE '${chance.pick(TYPE_BEGINNINGS)}%'
       AND p_size IN (${quoted(
         chance.sample(
           Array.from({ length: 50 }, (_, at) => at + 1),
           8,
         ),
       )})
       AND ps_suppkey NOT IN (SELECT s_suppkey FROM supplier WHERE s_comment LIKE '%Customer%Complaints%')
     GROUP BY p_brand, p_type, p_size ORDER BY supplier_cnt DESC, p_brand, p_type, p_size`,
    `SELECT sum(l_extendedprice) / 7.0 AS avg_yearly FROM lineitem, part
     WHERE p_partkey = l_partkey AND p_brand = '${brand()}' AND p_container = '${chance.pick(CONTAINERS)}'
       AND l_quantity < (SELECT 0.2 * avg(l_quantity) FROM lineitem WHERE l_partkey = p_partkey)`,
    `SELECT c_name, c_custkey, o_orderkey, o_orderdate, o_totalprice, sum(l_quantity)
     FROM customer, orders, lineitem
     WHERE o_orderkey IN (SELECT l_orderkey FROM lineitem GROUP BY l_orderkey HAVING sum(l_quantity) > ${chance.between(312, 315)})
       AND c_custkey = o_custkey AND o_orderkey = l_orderkey
     GROUP BY c_name, c_custkey, o_orderkey, o_orderdate, o_totalprice ORDER BY o_totalprice DESC, o_orderdate LIMIT 100`,
    `SELECT sum(l_extendedprice * (1 - l_discount)) AS revenue FROM lineitem, part
     WHERE ${[
       ['SM CASE', 'SM BOX', 'SM PACK', 'SM PKG'],
       ['MED BAG', 'MED BOX', 'MED PKG', 'MED PACK'],
       ['LG CASE', 'LG BOX', 'LG PACK', 'LG PKG'],
     ]
       .map((containers, at) => {
         const least = chance.between(1 + 9 * at + (at > 0 ? 1 : 0), 10 + 10 * at);
         return `(p_partkey = l_partkey AND p_brand = '${brand()}' AND p_container IN (${quoted(containers)})
       AND l_quantity >= ${least} AND l_quantity <= ${least} + 10 AND p_size BETWEEN 1 AND ${5 * (at + 1)}
       AND l_shipmode IN ('AIR', 'REG AIR') AND l_shipinstruct = 'DELIVER IN PERSON')`;
       })
       .join('\n     OR ')}`,
    ((day: string) => `SELECT s_name, s_address FROM supplier, nation
     WHERE s_suppkey IN (SELECT ps_suppkey FROM partsupp
         WHERE ps_partkey IN (SELECT p_partkey FROM part WHERE p_name LIKE '${chance.pick(COLOURS)}%')
           AND ps_availqty > (SELECT 0.5 * sum(l_quantity) FROM lineitem
             WHERE l_partkey = ps_partkey AND l_suppkey = ps_suppkey AND l_shipdate >= date '${day}'
               AND l_shipdate < date '${day}' + interval '1 year'))
       AND s_nationkey = n_nationkey AND n_name = '${chance.pick(NATIONS)[0]}' ORDER BY s_name`)(
      `${year()}-01-01`,
    ),
    `SELECT s_name, count(*) AS numwait FROM supplier, lineitem l1, orders, nation
     WHERE s_suppkey = l1.l_suppkey AND o_orderkey = l1.l_orderkey AND o_orderstatus = 'F'
       AND l1.l_receiptdate > l1.l_commitdate
       AND EXISTS (SELECT * FROM lineitem l2 WHERE l2.l_orderkey = l1.l_orderkey AND l2.l_suppkey <> l1.l_suppkey)
       AND NOT EXISTS (SELECT * FROM lineitem l3 WHERE l3.l_orderkey = l1.l_orderkey
         AND l3.l_suppkey <> l1.l_suppkey AND l3.l_receiptdate > l3.l_commitdate)
       AND s_nationkey = n_nationkey AND n_name = '${chance.pick(NATIONS)[0]}'
     GROUP BY s_name ORDER BY numwait DESC, s_name LIMIT 100`,
    ((countries: string) => `SELECT cntrycode, count(*) AS numcust, sum(c_acctbal) AS totacctbal
     FROM (SELECT substring(c_phone FROM 1 FOR 2) AS cntrycode, c_acctbal FROM customer
       WHERE substring(c_phone FROM 1 FOR 2) IN (${countries})
         AND c_acctbal > (SELECT avg(c_acctbal) FROM customer
           WHERE c_acctbal > 0.00 AND substring(c_phone FROM 1 FOR 2) IN (${countries}))
         AND NOT EXISTS (SELECT * FROM orders WHERE o_custkey = c_custkey)) AS custsale
     GROUP BY cntrycode ORDER BY cntrycode`)(
      quoted(chance.sample(NATIONS, 7).map(name => `${10 + NATIONS.indexOf(name)}`)),
    ),
  ];
}
