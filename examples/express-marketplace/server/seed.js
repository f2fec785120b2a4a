// The people and products of a new shop. Everybody's password is "dockside".
import { hashPassword } from './accounts.js';
import { notifications, products, users } from './schema.js';

const people = [
  { id: 'anna', email: 'anna@dockside.example', firstName: 'Anna', lastName: 'Lindqvist', role: 'admin' },
  { id: 'tomas', email: 'tomas@dockside.example', firstName: 'Tomás', role: 'admin', isActive: true },
  {
    id: 'bea',
    email: 'bea@harbour-hotels.example',
    firstName: 'Bea',
    lastName: 'Moreau',
    companyName: 'Harbour Hotels',
  },
  { id: 'cem', email: 'cem@example.com', firstName: 'Cem', lastName: 'Aydın', companyName: '' },
  { id: 'dora', email: 'dora@old-mill.example', companyName: 'Old Mill Brewery', isActive: true },
  { id: 'emil', email: 'emil@example.com', firstName: 'Emil', isActive: false },
  { id: 'pat', email: 'pat@dockside.example', firstName: 'Pat', role: 'warehouse' },
];

const goods = [
  ['Hex bolt M8 × 40', 'hex-bolt-m8', 1290, 'Stainless A4, box of 100, with nuts.'],
  ['Ball bearing 6204', 'ball-bearing-6204', 640, 'Sealed on both sides, 20 × 47 × 14 mm.'],
  ['Brass ball valve ¾″', 'brass-ball-valve', 1875, 'Full bore, PN 40, lever handle.'],
  ['Rubber hose 25 m', 'rubber-hose-25', 5450, 'Drinking water grade, 19 mm inside.'],
  ['Work gloves, 12 pairs', 'work-gloves', 2990, 'Nitrile palm, sizes 8 to 11.'],
  ['Steel cable 6 mm', 'steel-cable-6', 310, 'Galvanised 7 × 19, by the metre.'],
];

export async function fill(db) {
  const passwordHash = await hashPassword('dockside');
  await db.insert(users).values(people.map((one) => ({ ...one, passwordHash })));
  await db.insert(products).values(
    goods.map(([name, slug, priceCents, description]) => ({
      name,
      slug,
      priceCents,
      description,
      images: [`/pictures/${slug}.svg`],
    })),
  );
  await db.insert(notifications).values([
    { userId: 'bea', title: 'Your order 1042 has been sent', body: 'Two boxes, by road, on Thursday.' },
    { userId: 'bea', title: 'Back in stock', body: 'Brass ball valve ¾″' },
    { userId: 'cem', title: 'Welcome to Dockside Supply', isRead: true },
  ]);
}
