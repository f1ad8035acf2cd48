/**
 * What the demo's products, people and reviews are put together from.
 */

export const FINISHES = [
  'Hand-forged',
  'Everyday',
  'Heirloom',
  'Harbour',
  'Northern',
  'Slow-made',
  'Foundry',
  'Orchard',
  'Shepherd’s',
  'Miller’s',
  'Travelling',
  'Winter',
] as const;

export const MATERIALS = [
  'Oak',
  'Ash',
  'Steel',
  'Copper',
  'Brass',
  'Linen',
  'Wool',
  'Stoneware',
  'Beech',
  'Walnut',
] as const;

export const COLOURS = ['moss', 'slate', 'oxide', 'cream', 'indigo', 'ochre', 'charcoal', 'chalk'] as const;
export const COUNTRIES = ['Norway', 'Portugal', 'Slovenia', 'Ireland', 'Japan', 'Finland', 'Italy', 'Wales'];
export const CITIES = ['Bergen', 'Porto', 'Ljubljana', 'Cork', 'Kanazawa', 'Turku', 'Trieste', 'Conwy'];

/** A product's description is five of these. */
export const SENTENCES = [
  'Made in small numbers by people who sign what they finish.',
  'It will outlive the house it stands in, and asks for nothing but a wipe now and then.',
  'The wood comes from forests that are replanted within the year.',
  'Every edge is broken by hand, so that nothing catches and nothing splinters.',
  'Spare parts are kept for at least ten years, and fit without a manual.',
  'Packed in paper and cardboard only, with nothing to throw away.',
  'Tested for a whole winter by people who use such things all day.',
  'The weight is where you want it, and you notice after an hour of work.',
  'A quiet design that has not needed to change since the first drawing.',
  'The surface takes on a patina and is better for it.',
  'Repairs are free for as long as the mill turns.',
  'It stacks, it hangs, and it does not mind the dishwater.',
  'Drawn for small rooms, and at home in large ones.',
  'The joints are pegged rather than glued, so each can be taken apart again.',
  'Numbered on the underside, with the year in which it was made.',
  'Cleaned with warm water and a soft brush, dried in the open air.',
] as const;

export const FIRST_NAMES = ['Ada', 'Bram', 'Clara', 'Davi', 'Elin', 'Finn', 'Greta', 'Hugo', 'Ines', 'Jonas'];
export const LAST_NAMES = ['Abel', 'Brandt', 'Costa', 'Dahl', 'Egan', 'Fontana', 'Grieg', 'Horvat', 'Ito'];
export const STREETS = ['Mill Lane', 'Weir Street', 'Bridge Road', 'Station Square', 'Harbour Row'];
export const MAKERS = ['Forge', 'Works', 'Pottery', 'Mill', 'Foundry', 'Weavers', 'Joinery', 'Brothers'];
export const PLACES = [
  'Alder',
  'Birch',
  'Castle',
  'Dunes',
  'Elm',
  'Fjord',
  'Granite',
  'Heath',
  'Island',
  'Kiln',
];

export const REVIEW_TITLES = [
  'Better than it has to be',
  'Does what it says',
  'A present to myself',
  'Heavier than I thought',
  'Would buy again',
  'Not for me',
  'Worth the wait',
  'My father had one',
] as const;

export const REVIEW_BODIES = [
  'It arrived a day early and has been in use ever since.',
  'I was not sure about the price. I am now.',
  'The finish is lovely, though the colour is a little darker than the picture.',
  'After three months it looks better than on the first day.',
  'One corner was scratched; they sent another without asking for it back.',
  'I had to read the instructions twice, and then it was simple.',
  'Everybody who visits wants to know where it is from.',
  'It is good. It is also larger than I had imagined, so measure first.',
] as const;

export const ORDER_STATES = ['placed', 'packed', 'sent', 'delivered', 'delivered', 'delivered'] as const;
