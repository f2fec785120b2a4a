import type { Conversation, Participant } from '@kit/client/index.ts';
import { mara, noor, suppliers } from './people.ts';

interface Given {
  supplier?: Participant;
  admin?: Participant;
  product?: string;
  last?: string | null;
  minutesAgo?: number;
  unread?: number;
  type?: Conversation['type'];
}

let made = 0;

function conversation(given: Given): Conversation {
  made += 1;
  const { supplier, admin, product, last = null, minutesAgo = 0, unread = 0 } = given;
  const image = `./pictures/${made % 4}.svg`;
  return {
    id: `c${made}`,
    type: given.type ?? (supplier ? 'buyer_supplier' : admin ? 'buyer_admin' : 'support'),
    participants: { buyer: mara, ...(supplier && { supplier }), ...(admin && { admin }) },
    ...(product && { product: { id: `p${made}`, name: product, image } }),
    lastMessage: last,
    lastMessageAt: last === null ? null : new Date(Date.now() - minutesAgo * 60_000).toISOString(),
    unreadCount: unread,
    lastSeq: 64,
    rev: 1,
    lastReadSeq: 64 - unread,
    createdAt: new Date(Date.now() - 9 * 86_400_000).toISOString(),
  };
}

export const conversations: Conversation[] = [
  conversation({
    supplier: suppliers.anatolia,
    product: 'Organic cotton tote bag, 180 g',
    last: 'We can hold 2.40 EUR for 5,000 pieces if the order is confirmed by Friday.',
    minutesAgo: 3,
    unread: 2,
  }),
  conversation({
    supplier: suppliers.shenzhen,
    product: 'LED panel light 60 × 60, 40 W',
    last: 'Photometric report attached.',
    minutesAgo: 47,
  }),
  conversation({
    supplier: suppliers.kumasi,
    product: 'Fermented cocoa beans, grade I',
    last: 'FOB Tema, 12.5 t per container. Samples left yesterday by DHL.',
    minutesAgo: 60 * 5,
    unread: 128,
  }),
  conversation({
    admin: noor,
    last: 'Your company is verified now. Thank you for the papers.',
    minutesAgo: 60 * 27,
  }),
  conversation({
    supplier: suppliers.nile,
    product: 'قطن جيزة 86 طويل التيلة',
    last: 'يمكننا الشحن إلى ميناء هامبورغ خلال ثلاثة أسابيع.',
    minutesAgo: 60 * 52,
  }),
  conversation({
    type: 'support',
    last: 'I was charged twice for the sample order SO-2291.',
    minutesAgo: 60 * 80,
  }),
  conversation({
    supplier: suppliers.porto,
    product: 'Cork yoga mat, natural rubber base',
    last: 'packing-list-PCD-0417.pdf',
    minutesAgo: 60 * 24 * 9,
  }),
  conversation({
    supplier: suppliers.long,
    product:
      'Turbine housing, ductile cast iron EN-GJS-400-15, machined and primed, with certificate 3.1 according to EN 10204',
    last: null,
  }),
];
