export type TextPart = { text: string; href: string | null };

const ADDRESS = /https?:\/\/[^\s<>"']+/gu;
/** Marks that end a sentence rather than an address. */
const TRAILING = /[.,;:!?)\]}'"»]+$/u;

/** Plain text cut into words and web addresses. Only http and https become links. */
export function partsOf(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = match[0].replace(TRAILING, '');
    if (!isAddress(address)) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index), href: null });
    parts.push({ text: address, href: address });
    from = match.index + address.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), href: null });
  return parts;
}

function isAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
