import { done, type Http, take } from './http.ts';
import type { components } from './schema.ts';
import type { FiledReport, Message, Offer, OfferTerms, QuotationRequest } from './types.ts';

/* Calls of those who negotiate, and of those who judge reports: each is a function of its own, as in `late-api`. */

export interface NewOffer {
  terms: OfferTerms;
  /** Said beside the terms. */
  note?: string | undefined;
  /** The open offer of the other side that it answers. */
  counters?: string | undefined;
  /** With the same one again, the first result is the answer. */
  clientMessageId: string;
}

export type OfferAnswer = 'accept' | 'decline' | 'withdraw';

/** What was made or answered: a message that is it or tells of it, and the offer as it is then. */
export interface Negotiated {
  message: Message;
  offer: Offer;
}

export async function makeOffer(http: Http, id: string, offer: NewOffer): Promise<Negotiated> {
  const path = '/api/chat/conversations/{id}/offers';
  return take(http.POST(path, { params: { path: { id } }, body: given(offer) }));
}

/** `rev` is that of the offer that was seen. */
export async function answerOffer(
  http: Http,
  { conversationId, id, rev }: Offer,
  answer: OfferAnswer,
  note: string | undefined,
): Promise<Negotiated> {
  const init = { params: { path: { id: conversationId, offerId: id } }, body: given({ rev, note }) };
  const offers = '/api/chat/conversations/{id}/offers/{offerId}';
  switch (answer) {
    case 'accept':
      return take(http.POST(`${offers}/accept`, init));
    case 'decline':
      return take(http.POST(`${offers}/decline`, init));
    case 'withdraw':
      return take(http.POST(`${offers}/withdraw`, init));
  }
}

/** All that counter each other, oldest first. */
export async function offerChain(http: Http, id: string, signal: AbortSignal): Promise<Offer[]> {
  return (await take(http.GET('/api/chat/offers/{id}', { params: { path: { id } }, signal }))).chain;
}

export interface NewRequest {
  supplierIds: string[];
  /** Without prices. */
  terms: OfferTerms;
  note?: string | undefined;
  clientMessageId: string;
}

export async function sendRequest(http: Http, request: NewRequest): Promise<QuotationRequest> {
  return take(http.POST('/api/chat/requests', { body: given(request) }));
}

export async function getRequest(http: Http, id: string, signal: AbortSignal): Promise<QuotationRequest> {
  return take(http.GET('/api/chat/requests/{id}', { params: { path: { id } }, signal }));
}

export async function closeRequest(
  http: Http,
  id: string,
  close: { acceptedOfferId?: string | undefined; message?: string | undefined },
): Promise<QuotationRequest> {
  return take(http.POST('/api/chat/requests/{id}/close', { params: { path: { id } }, body: given(close) }));
}

export type ReportState = FiledReport['state'];

export async function listReports(
  http: Http,
  state: ReportState,
  cursor: string | null,
  signal: AbortSignal,
): Promise<components['schemas']['ReportPage']> {
  const query = cursor === null ? { state } : { state, cursor };
  return take(http.GET('/api/chat/reports', { params: { query }, signal }));
}

export async function judgeReport(
  http: Http,
  id: string,
  judgement: { state: ReportState; answer?: string | undefined },
): Promise<void> {
  await done(http.PATCH('/api/chat/reports/{id}', { params: { path: { id } }, body: given(judgement) }));
}

/** An absent field must be absent, and not the word "undefined" of a type. */
function given<T extends object>(body: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
