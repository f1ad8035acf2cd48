/**
 * The words that TPC-H's columns draw from.
 *
 * Source  TPC Benchmark H, clause 4.2.2.13
 */

export const REGIONS = ['AFRICA', 'AMERICA', 'ASIA', 'EUROPE', 'MIDDLE EAST'] as const;

/** Each with its region. */
export const NATIONS: readonly (readonly [string, number])[] = [
  ['ALGERIA', 0],
  ['ARGENTINA', 1],
  ['BRAZIL', 1],
  ['CANADA', 1],
  ['EGYPT', 4],
  ['ETHIOPIA', 0],
  ['FRANCE', 3],
  ['GERMANY', 3],
  ['INDIA', 2],
  ['INDONESIA', 2],
  ['IRAN', 4],
  ['IRAQ', 4],
  ['JAPAN', 2],
  ['JORDAN', 4],
  ['KENYA', 0],
  ['MOROCCO', 0],
  ['MOZAMBIQUE', 0],
  ['PERU', 1],
  ['CHINA', 2],
  ['ROMANIA', 3],
  ['SAUDI ARABIA', 4],
  ['VIETNAM', 2],
  ['RUSSIA', 3],
  ['UNITED KINGDOM', 3],
  ['UNITED STATES', 1],
];

export const SEGMENTS = words('AUTOMOBILE BUILDING FURNITURE HOUSEHOLD MACHINERY');
export const PRIORITIES = ['1-URGENT', '2-HIGH', '3-MEDIUM', '4-NOT SPECIFIED', '5-LOW'] as const;
export const INSTRUCTIONS = ['DELIVER IN PERSON', 'COLLECT COD', 'NONE', 'TAKE BACK RETURN'] as const;
export const MODES = words('AIR FOB MAIL RAIL SHIP TRUCK').concat('REG AIR');

export const TYPES = product(
  words('STANDARD SMALL MEDIUM LARGE ECONOMY PROMO'),
  words('ANODIZED BURNISHED PLATED POLISHED BRUSHED'),
  words('TIN NICKEL BRASS STEEL COPPER'),
);
export const TYPE_BEGINNINGS = product(
  words('STANDARD SMALL MEDIUM LARGE ECONOMY PROMO'),
  words('ANODIZED BURNISHED PLATED POLISHED BRUSHED'),
);
export const METALS = words('TIN NICKEL BRASS STEEL COPPER');
export const CONTAINERS = product(words('SM MED JUMBO WRAP LG'), words('CASE BOX BAG JAR PKG PACK CAN DRUM'));

export const COLOURS =
  words(`almond antique aquamarine azure beige bisque black blanched blue blush brown burlywood
  burnished chartreuse chiffon chocolate coral cornflower cornsilk cream cyan dark deep dim dodger drab firebrick floral
  forest frosted gainsboro ghost goldenrod green grey honeydew hot indian ivory khaki lace lavender lawn lemon light lime
  linen magenta maroon medium metallic midnight mint misty moccasin navajo navy olive orange orchid pale papaya peach peru
  pink plum powder puff purple red rose rosy royal saddle salmon sandy seashell sienna sky slate smoke snow spring steel
  tan thistle tomato turquoise violet wheat white yellow`);

/** What comments are strung together from. */
export const COMMENT_WORDS =
  words(`foxes ideas theodolites pinto beans instructions dependencies excuses platelets
  asymptotes courts dolphins multipliers sauternes warthogs frets dinos attainments somas patterns forges braids frays
  warhorses dugouts notornis epitaphs pearls tithes waters orbits gifts sheaves depths sentiments decoys realms pains
  grouches escapades packages requests accounts deposits sleep wake are cajole haggle nag use boost affix detect integrate
  furious sly careful blithe quick fluffy slow quiet ruthless thin close dogged daring brave stealthy permanent enticing
  idle busy regular final ironic even bold silent special pending unusual express about above according across after
  against along`);

function words(text: string): string[] {
  return text.split(/\s+/);
}

function product(...lists: readonly (readonly string[])[]): readonly string[] {
  return lists.reduce<readonly string[]>(
    (made, list) => made.flatMap(start => list.map(word => (start === '' ? word : `${start} ${word}`))),
    [''],
  );
}
