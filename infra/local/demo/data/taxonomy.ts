/**
 * The demo shop's departments and shelves, and what stands on each shelf.
 *
 * Shape   department -> shelf -> nouns that products of the shelf are called by
 */

export const TAXONOMY: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  Kitchen: {
    Cookware: ['Skillet', 'Stockpot', 'Casserole', 'Saucepan', 'Griddle'],
    Knives: ['Bread Knife', 'Paring Knife', 'Cleaver', 'Santoku', 'Honing Rod'],
    Bakeware: ['Loaf Tin', 'Cake Ring', 'Rolling Pin', 'Proving Basket', 'Pie Dish'],
    Tableware: ['Dinner Plate', 'Soup Bowl', 'Carafe', 'Mug', 'Serving Board'],
    Larder: ['Storage Jar', 'Bread Bin', 'Spice Rack', 'Butter Bell', 'Flour Sack'],
  },
  Garden: {
    'Hand Tools': ['Trowel', 'Hoe', 'Pruner', 'Spade', 'Bulb Planter'],
    Watering: ['Watering Can', 'Rain Barrel', 'Sluice Gate', 'Drip Line', 'Hand Pump'],
    Planters: ['Planter', 'Window Box', 'Trough', 'Hanging Basket', 'Cold Frame'],
    Seating: ['Bench', 'Folding Chair', 'Deckchair', 'Hammock', 'Stool'],
    Wildlife: ['Nesting Box', 'Bird Table', 'Bee House', 'Hedgehog House', 'Bird Bath'],
  },
  Workshop: {
    Hammers: ['Claw Hammer', 'Mallet', 'Sledgehammer', 'Ball Hammer', 'Nail Punch'],
    Saws: ['Tenon Saw', 'Bow Saw', 'Coping Saw', 'Mitre Box', 'Panel Saw'],
    Measuring: ['Folding Rule', 'Marking Gauge', 'Plumb Line', 'Spirit Level', 'Try Square'],
    Benches: ['Workbench', 'Vice', 'Sawhorse', 'Tool Chest', 'Clamp'],
    Milling: ['Water Wheel', 'Mill Stone', 'Gear Wheel', 'Drive Belt', 'Bearing Block'],
  },
  Lighting: {
    'Table Lamps': ['Desk Lamp', 'Bedside Lamp', 'Reading Lamp', 'Banker Lamp', 'Clip Lamp'],
    Pendants: ['Pendant', 'Chandelier', 'Globe Light', 'Cluster Light', 'Dome Light'],
    Lanterns: ['Storm Lantern', 'Hurricane Lamp', 'Hand Lantern', 'Wall Lantern', 'Candle Lantern'],
    Candles: ['Beeswax Candle', 'Candlestick', 'Snuffer', 'Tealight Set', 'Taper'],
    'Outdoor Lights': ['Path Light', 'Festoon', 'Post Lamp', 'Step Light', 'Deck Light'],
  },
  Textiles: {
    Bedding: ['Blanket', 'Quilt', 'Pillowcase', 'Bedspread', 'Bolster'],
    Bath: ['Bath Towel', 'Hand Towel', 'Bath Mat', 'Face Cloth', 'Robe'],
    'Table Linen': ['Tablecloth', 'Napkin Set', 'Runner', 'Tea Towel', 'Apron'],
    Rugs: ['Rug', 'Doormat', 'Hall Runner', 'Sheepskin', 'Floor Cushion'],
    Cushions: ['Cushion', 'Seat Pad', 'Throw', 'Pouffe', 'Neck Roll'],
  },
  Stationery: {
    Writing: ['Fountain Pen', 'Pencil Set', 'Ink Bottle', 'Pen Case', 'Sharpener'],
    Paper: ['Notebook', 'Sketchbook', 'Letter Set', 'Diary', 'Blotter'],
    Desk: ['Letter Tray', 'Paperweight', 'Bookend', 'Desk Pad', 'Card Box'],
    Binding: ['Awl', 'Bone Folder', 'Stapler', 'Sewing Frame', 'Paper Knife'],
    Maps: ['Wall Map', 'Globe', 'Atlas', 'Map Case', 'Compass'],
  },
  Outdoors: {
    Camping: ['Tent', 'Camp Stove', 'Bedroll', 'Tarp', 'Camp Kettle'],
    Bags: ['Rucksack', 'Satchel', 'Duffel', 'Tool Roll', 'Tote'],
    Water: ['Canoe Paddle', 'Dry Bag', 'Flask', 'Fishing Rod', 'Life Vest'],
    Walking: ['Walking Stick', 'Gaiters', 'Rain Cape', 'Hat', 'Field Glasses'],
    Fire: ['Fire Bowl', 'Axe', 'Log Carrier', 'Fire Steel', 'Poker'],
  },
  Toys: {
    Wooden: ['Building Blocks', 'Pull Cart', 'Train Set', 'Marble Run', 'Spinning Top'],
    Games: ['Chess Set', 'Draughts', 'Skittles', 'Dominoes', 'Card Game'],
    Puzzles: ['Jigsaw', 'Burr Puzzle', 'Tangram', 'Maze', 'Peg Solitaire'],
    Music: ['Xylophone', 'Drum', 'Tin Whistle', 'Music Box', 'Tambourine'],
    Outdoor: ['Kite', 'Skipping Rope', 'Hoop', 'Toy Boat', 'Swing'],
  },
};

export interface CategorySeed {
  readonly id: number;
  /** Null for a department. */
  readonly parent: number | null;
  readonly name: string;
  readonly slug: string;
}

/** Shelves are numbered after all departments, and named by their number too: two departments may have one of a name. */
export function categories(): readonly CategorySeed[] {
  const departments = Object.entries(TAXONOMY);
  const rows: CategorySeed[] = departments.map(([name], at) => {
    return { id: at + 1, parent: null, name, slug: slugOf(name) };
  });
  for (const [at, [, shelves]] of departments.entries()) {
    for (const name of Object.keys(shelves)) {
      const id = rows.length + 1;
      rows.push({ id, parent: at + 1, name, slug: `${slugOf(name)}-${id}` });
    }
  }
  return rows;
}

function slugOf(name: string): string {
  return name.toLowerCase().replaceAll(' ', '-');
}
