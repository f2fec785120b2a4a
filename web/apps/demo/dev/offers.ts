import {
  type Conversation,
  defaultServerLimits,
  type FiledReport,
  HaggleError,
  type Offer,
  type OfferTerms,
  type QuotationRequest,
} from '@kit/client/index.ts';
import type { Scene } from '@kit/components/testing/scene.ts';
import type { ThreadMessage } from '@kit/hooks/index.ts';
import { plainMessage } from '@kit/hooks/results.ts';
import { conversations } from './conversations.ts';
import { talk } from './messages.ts';
import { mara, noor, suppliers } from './people.ts';

/* Offers, requests for quotation and reports. */

const HOUR_MS = 3_600_000;
const fromNow = (hours: number) => new Date(Date.now() + hours * HOUR_MS).toISOString();
const limits = { ...defaultServerLimits, offers: true, editMinutes: 15, retractMinutes: 15 };

const terms: OfferTerms = {
  items: [
    { name: 'Organic cotton tote bag, 180 g, natural', quantity: '5000', unit: 'pcs', unitPrice: '2.55' },
    { name: 'Screen print, one colour', quantity: '5000', unit: 'pcs', unitPrice: '0.125' },
    { name: 'Printing plates', quantity: '1', unit: 'set', unitPrice: '180' },
  ],
  currency: 'EUR',
  incoterm: 'FOB',
  place: 'Izmir',
  leadTimeDays: 35,
  payment: '30 % with the order, 70 % before shipment',
  validUntil: fromNow(24 * 14),
};
const lower: OfferTerms = {
  ...terms,
  items: [
    { name: 'Organic cotton tote bag, 180 g, natural', quantity: '6000', unit: 'pcs', unitPrice: '2.40' },
    { name: 'Screen print, one colour', quantity: '6000', unit: 'pcs', unitPrice: '0.125' },
    { name: 'Inspection before shipment', quantity: '1', unit: 'visit', unitPrice: '240.00' },
  ],
  incoterm: 'CIF',
  place: 'Rotterdam',
  leadTimeDays: 28,
  remarks: 'The second colour is free of charge if the artwork comes this week.\nCartons marked as agreed.',
  validUntil: fromNow(1.6),
};

let made = 0;
function offer(given: Partial<Offer>): Offer {
  made += 1;
  const isBuyer = given.role === 'buyer';
  return {
    id: `o${made}`,
    rev: 1,
    conversationId: 'c1',
    messageId: `offer ${made}`,
    by: isBuyer ? mara.id : suppliers.anatolia.id,
    role: isBuyer ? 'buyer' : 'supplier',
    state: 'open',
    terms,
    totals: { net: '13555.00', currency: 'EUR' },
    validUntil: given.terms?.validUntil ?? terms.validUntil ?? '',
    createdAt: fromNow(-3),
    answeredAt: null,
    answeredBy: null,
    supersedes: null,
    supersededBy: null,
    ...given,
  };
}

let seq = 64;
function message(given: Partial<ThreadMessage>, hoursAgo: number): ThreadMessage {
  seq += 1;
  const isMine = given.isMine ?? false;
  return {
    key: `n${seq}`,
    id: `n${seq}`,
    seq,
    conversationId: 'c1',
    senderId: isMine ? mara.id : suppliers.anatolia.id,
    senderName: isMine ? mara.name : suppliers.anatolia.name,
    senderType: isMine ? 'buyer' : 'supplier',
    isMine,
    text: 'Offer: EUR 13555.00',
    files: [],
    createdAt: fromNow(-hoursAgo),
    status: isMine ? 'read' : 'received',
    problem: null,
    ...plainMessage,
    ...given,
  };
}

const note = (text: string) => `Offer: EUR 13555.00\n1. Organic cotton tote bag\n\n${text}`;
const card = (what: Offer, hoursAgo: number, text = 'Offer: EUR 13555.00') =>
  message({ kind: 'offer', offer: what, text, isMine: what.role === 'buyer' }, hoursAgo);

const first = offer({ state: 'countered', supersededBy: 'o2', answeredAt: fromNow(-3), answeredBy: mara.id });
const second = offer({
  role: 'buyer',
  terms: { ...terms, items: terms.items.slice(0, 2), leadTimeDays: 28 },
  totals: { net: '13375.00', currency: 'EUR' },
  state: 'countered',
  supersedes: first.id,
  answeredAt: fromNow(-1),
  answeredBy: suppliers.anatolia.id,
});
const third = offer({ terms: lower, totals: { net: '15390.00', currency: 'EUR' }, supersedes: first.id });
const superseded = { [second.id]: first, [third.id]: first };

const ended = (state: Offer['state'], role: Offer['role'] = 'supplier') =>
  offer({
    state,
    role,
    answeredAt: state === 'expired' ? null : fromNow(-2),
    answeredBy: state === 'expired' ? null : state === 'withdrawn' ? suppliers.anatolia.id : mara.id,
    terms: { ...terms, items: terms.items.slice(0, 1), validUntil: fromNow(-2) },
    totals: { net: '12750.00', currency: 'EUR' },
  });

const wanted: OfferTerms = {
  items: [
    { name: 'Control cabinet 600 × 800, wired', quantity: '60', unit: 'pcs' },
    { name: 'Commissioning on site', quantity: '3', unit: 'days' },
  ],
  incoterm: 'DAP',
  place: 'Stuttgart',
  validUntil: fromNow(24 * 10),
};
const asking = message(
  {
    kind: 'request',
    isMine: true,
    request: { id: 'r1', terms: wanted },
    text: 'Request for quotation\n1. Control cabinet\n\nFor our new line. Please quote including packing.',
  },
  4,
);

const glances: Record<string, Conversation['offer']> = {
  c1: { id: third.id, state: 'open', role: 'supplier' },
  c2: { id: 'x', state: 'accepted', role: 'buyer' },
  c3: { id: 'y', state: 'declined', role: 'supplier' },
  c5: { id: 'z', state: 'expired', role: 'supplier' },
};
const negotiating = conversations.map((each) => {
  const glance = glances[each.id];
  return glance ? { ...each, offer: glance } : each;
});
const base: Partial<Scene> = {
  me: { id: mara.id, role: 'buyer' },
  conversations: negotiating,
  limits,
  superseded,
};
const asSupplier = { me: { id: suppliers.anatolia.id, role: 'supplier' as const } };
const turned = (each: ThreadMessage): ThreadMessage => ({
  ...each,
  isMine: !each.isMine,
  status: each.isMine ? 'received' : 'read',
});

const priced = (
  unitPrices: string[],
  net: string,
  change: Partial<OfferTerms>,
  state: Offer['state'] = 'open',
) =>
  offer({
    state,
    requestId: 'r1',
    terms: {
      ...wanted,
      currency: 'EUR',
      items: wanted.items.map((item, at) => ({ ...item, unitPrice: unitPrices[at] ?? '0' })),
      ...change,
    },
    totals: { net, currency: 'EUR' },
  });
const answers: QuotationRequest['answers'] = [
  {
    supplierId: 'u1',
    conversationId: 'c1',
    state: 'offered',
    offer: priced(['1480', '950'], '91650.00', { leadTimeDays: 42 }),
  },
  {
    supplierId: 'u2',
    conversationId: 'c2',
    state: 'offered',
    offer: priced(['1395.50', '1100'], '87030.00', { leadTimeDays: 56, incoterm: 'FCA', place: 'Shenzhen' }),
  },
  {
    supplierId: 'u3',
    conversationId: 'c3',
    state: 'declined',
    offer: priced(['2100', '900'], '128700.00', { leadTimeDays: 70 }, 'declined'),
  },
  { supplierId: 'u4', conversationId: 'c8', state: 'waiting', offer: null },
];
/** The buyer has named a price, and nobody offers it. */
const countered: QuotationRequest['answers'] = answers.map((each, at) =>
  at === 0
    ? { ...each, offer: { ...priced(['1200', '900'], '74700.00', { leadTimeDays: 30 }), role: 'buyer' } }
    : each,
);
const request: QuotationRequest = {
  id: 'r1',
  createdAt: fromNow(-60),
  closedAt: null,
  acceptedOfferId: null,
  terms: wanted,
  answers,
};

const withdrawn = new HaggleError('refused', 'Not open', {
  status: 409,
  code: 'offer_not_open',
  offer: ended('withdrawn'),
});
const report = (id: string, given: Partial<FiledReport>): FiledReport => ({
  id,
  conversationId: 'c1',
  messageId: 'm60',
  reporterId: mara.id,
  reason: 'off_platform',
  text: 'They ask to be paid outside of the market.',
  state: 'open',
  createdAt: fromNow(-5),
  answer: null,
  answeredAt: null,
  answeredBy: null,
  ...given,
});

const typedForm = {
  kind: 'offer',
  clientMessageId: 'k',
  isTried: false,
  supplierIds: [],
  form: {
    items: terms.items.map((item, key) => ({ key, productId: null, unitPrice: '', ...item })),
    currency: 'EUR',
    incoterm: 'FOB',
    place: '',
    leadTimeDays: '35',
    payment: '',
    validUntil: '2020-01-01',
    remarks: '',
    note: '',
  },
};

export const offerScenes: Record<string, Partial<Scene>> = {
  offers: {
    ...base,
    messages: {
      c1: [
        ...talk,
        card(first, 4),
        card(second, 3),
        card(third, 1, note('We can do this if you take 6,000.')),
      ],
    },
  },
  'offers-supplier': {
    ...base,
    ...asSupplier,
    messages: { c1: [...talk, card(first, 4), card(second, 3), card(third, 1)].map(turned) },
  },
  'offers-ended': {
    ...base,
    messages: {
      c1: [
        card(ended('accepted'), 9),
        card(ended('declined'), 8),
        card(ended('withdrawn'), 7),
        card(ended('expired'), 6),
      ],
    },
  },
  request: { ...base, requests: [request], messages: { c1: [...talk, asking] } },
  'request-supplier': { ...base, ...asSupplier, messages: { c1: [...talk, asking].map(turned) } },
  'offer-form': {
    ...base,
    ...asSupplier,
    messages: { c1: talk.map(turned) },
    drafts: { 'offer c1': '{"kind":"offer"}' },
  },
  'form-aside': {
    ...base,
    messages: { c1: talk },
    drafts: { 'offer c1': JSON.stringify(typedForm), 'aside offer c1': 'yes' },
  },
  'offer-wrong': { ...base, messages: { c1: talk }, drafts: { 'offer c1': JSON.stringify(typedForm) } },
  'offer-counter': {
    ...base,
    messages: { c1: [...talk, card(third, 1)] },
    drafts: { 'offer c1': JSON.stringify({ kind: 'offer', counters: third.id, from: third.terms }) },
  },
  'page-offers': { ...base, messages: { c1: talk } },
  requests: { ...base, requests: [request] },
  'requests-countered': { ...base, requests: [{ ...request, answers: countered }] },
  'requests-accepted': {
    ...base,
    requests: [
      {
        ...request,
        answers: answers.map((each, at) =>
          at === 1 && each.offer !== null
            ? { ...each, state: 'accepted' as const, offer: { ...each.offer, state: 'accepted' as const } }
            : each,
        ),
      },
    ],
  },
  'requests-withdrawn': { ...base, requests: [request], refusal: withdrawn },
  'requests-closed': {
    ...base,
    requests: [
      {
        ...request,
        closedAt: fromNow(-1),
        answers: answers.map((each, at) => ({ ...each, state: at === 1 ? 'accepted' : 'declined' })),
      },
    ],
  },
  reports: {
    ...base,
    me: { id: noor.id, role: 'admin' },
    filed: [
      report('a', {}),
      report('b', { reason: 'spam', text: '', messageId: null, conversationId: 'c3' }),
      report('c', {
        state: 'answered',
        answer: 'The account is closed.',
        answeredAt: fromNow(-2),
        answeredBy: noor.id,
      }),
      report('d', { state: 'dismissed', answeredAt: fromNow(-2), answeredBy: noor.id, reason: 'other' }),
    ],
  },
};
