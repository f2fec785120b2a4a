/** What the demo server tells of its marketplace. */
export interface Marketplace {
  name: string;
  people: Person[];
  suppliers: Supplier[];
  products: Product[];
  rfqs: Rfq[];
}

export interface Person {
  id: string;
  name: string;
  email: string;
  role: 'buyer' | 'supplier' | 'admin';
  company: string | null;
  title: string;
  city: string;
  country: string;
  /** BCP 47 tag. */
  language: string;
}

export interface Supplier {
  id: string;
  userId: string;
  name: string;
  city: string;
  country: string;
  about: string;
}

export interface Product {
  id: string;
  name: string;
  supplierId: string;
  category: string;
  price: string;
  minimumOrder: string;
  leadTime: string;
  origin: string;
  description: string;
  image: string;
}

export interface Rfq {
  id: string;
  buyerId: string;
  productName: string;
  quantity: string;
  targetPrice: string;
  incoterm: string;
  destination: string;
  dueInDays: number;
  note: string;
  status: string;
}

export async function fetchMarketplace(): Promise<Marketplace> {
  const answer = await fetch('api/demo/marketplace');
  if (!answer.ok) throw new Error(`The marketplace answered ${answer.status}.`);
  return answer.json();
}

export function avatarOf(personId: string): string {
  return `demo/avatars/${encodeURIComponent(personId)}.svg`;
}
