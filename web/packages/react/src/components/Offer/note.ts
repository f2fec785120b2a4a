import type { OfferTerms } from '../../client/index.ts';

/** What was said beside the terms: the end of the message's text, behind their words and an empty line. */
export function noteIn(text: string, { payment, remarks }: OfferTerms): string {
  let from = 0;
  // Only these two may have empty lines of their own.
  for (const own of [payment, remarks]) {
    if (own === undefined) continue;
    const at = text.indexOf(own, from);
    if (at >= 0) from = at + own.length;
  }
  const gap = text.indexOf('\n\n', from);
  return gap < 0 ? '' : text.slice(gap + 2);
}
