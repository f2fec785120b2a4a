export type TextPart = { text: string; href: string | null };

/*
 * A link never reaches past white space, brackets of markup, quotation marks or a full stop of a script that sets no
 * space behind it.
 */
const END =
  '\\s<>"\\u0060\\u00AB\\u00BB\\u2018-\\u201F\\u2039\\u203A\\u3001\\u3002\\u3008-\\u3011\\u3014-\\u301B\\uFF01\\uFF08\\uFF09\\uFF0C\\uFF0E\\uFF1A\\uFF1B\\uFF1F\\uFF61\\uFF64\\u061B\\u061F\\u060C\\u06D4\\u0964\\u0965\\u200B\\u200E\\u200F\\u2066-\\u2069';
const REST = `[^${END}]`;
/** In plain Latin letters first: what follows without a space may be a word of another script. */
const HOST = String.raw`(?:(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,63}|(?:[\p{L}\p{M}\p{N}-]+\.)+[\p{L}\p{M}]{2,63})(?![A-Za-z0-9_@-])`;
/** Of Latin, Arabic, Persian and full width: the last four bits of each are its value. */
const DIGIT = String.raw`[\d\u0660-\u0669\u06F0-\u06F9\uFF10-\uFF19]`;
/** One or two digits behind a slash are another ending of the same number. */
const GAP = String.raw`(?:[ \u00A0\u2009\u202F().\u2010\u2011\u2013-]|\/(?!${DIGIT}{1,2}(?![ \u00A0-]?${DIGIT}))){0,2}`;
const DIGITS = String.raw`${DIGIT}(?:${GAP}${DIGIT}){6,14}(?![\p{L}\p{N}])`;
/** Numbers are prices and quantities here; without a plus one is a telephone number only if it says so. */
const CALLED = String.raw`(?<=(?:(?<![\p{L}\p{N}])(?:t[eé]l(?:[eé](?:ph|f)on[eo]?)?|phone|mobile?|m[oó]vil|cell?|fax|whatsapp|тел|факс)|هاتف|جوال|تلفن|موبایل|电话|電話|手机|手機)[.:：]{0,2}[ \u00A0]?)`;
const WEB = String.raw`(?<![A-Za-z0-9+.-])https?:\/\/(?:${HOST}(?:[:\/?#]${REST}*)?|${REST}+)|(?<![A-Za-z0-9.@\/_-])www\.${HOST}(?:[:\/?#]${REST}*)?`;
/** In scripts that set spaces between words, the whole word is the name. */
const NAME = String.raw`0-9\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}`;
const MAIL = String.raw`(?<![${NAME}.@!#$%&'*+\/=?^_{|}~-])[${NAME}][${NAME}\p{M}._%+&='-]{0,63}@${HOST}`;
/** From abroad ("00 44 …"), with the area in brackets ("(020) …") or before a slash ("0711/…"): no quantity begins so. */
const DIALLED = String.raw`00[ \u00A0]?(?=[1-9])${DIGITS}|\(0[1-9]\d{0,4}\)[ \u00A0]?(?=[\d ]{5})\d(?:[ \u00A0-]?\d){4,9}(?![\p{L}\p{N}])|0[1-9]\d{1,4}[ \u00A0]?\/[ \u00A0]?\d(?:[ \u00A0-]?\d){4,9}(?![\p{L}\p{N}\/])`;
/** No country has a number that begins with thousands: "+5 000 000" are pieces. */
const ABROAD = String.raw`(?<![\p{L}\p{N}+])[+\uFF0B](?!\d{1,3}[ .\u00A0]000)${DIGITS}`;
const PHONE = String.raw`${ABROAD}|${CALLED}\(?${DIGITS}|(?<![\p{L}\p{N}+\/.,:-])(?<!\p{N} )(?:${DIALLED})`;
const LINK = new RegExp(`(?<web>${WEB})|(?<mail>${MAIL})|(?<phone>${PHONE})`, 'giu');

/** Plain text cut into words and links: web and mail addresses and telephone numbers, nothing else. */
export function partsOf(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const link = linkOf(match);
    if (link?.href == null) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index), href: null });
    parts.push(link);
    from = match.index + link.text.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), href: null });
  return parts;
}

function linkOf({ groups }: RegExpExecArray): TextPart | null {
  const { web, mail, phone } = groups ?? {};
  if (web !== undefined) return webLink(withoutEnd(web));
  if (mail !== undefined) return { text: mail, href: mailOf(mail) };
  return phone === undefined ? null : { text: phone, href: phoneOf(phone) };
}

function webLink(text: string): TextPart {
  const href = /^www\./i.test(text) ? `https://${text}` : text;
  return { text, href: isWebAddress(href) ? href : null };
}

/** Of somebody's name before the host it is not said where it leads: such addresses stay text. */
function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && hostname !== '' && username === '' && password === '';
}

const CLOSING: Record<string, string> = { ')': '(', ']': '[', '}': '{' };

/** Without the marks that end a sentence rather than an address; brackets that were opened in it stay. */
function withoutEnd(address: string): string {
  let end = address.length;
  for (; end > 0; end -= 1) {
    const last = address.charAt(end - 1);
    const opening = CLOSING[last];
    const isEnd =
      opening === undefined ? /[.,;:!?'*…·]/u.test(last) : !isBalanced(address.slice(0, end), opening, last);
    if (!isEnd) break;
  }
  return address.slice(0, end);
}

function isBalanced(text: string, opening: string, closing: string): boolean {
  const count = (mark: string) => text.split(mark).length;
  return count(opening) >= count(closing);
}

function mailOf(address: string): string {
  return `mailto:${address.replace(/[%&=']/g, encodeURIComponent)}`;
}

/** "+49 (0)30 …": the zero is dialled inside the country only. */
function phoneOf(given: string): string {
  const number = given.replace(/[^\0-\x7F]/g, plain);
  const isAbroad = /^(?:\+|00)/.test(number);
  const digits = (isAbroad ? number.replace(/\(0\)/, '') : number).replace(/\D/g, '');
  return `tel:${isAbroad ? '+' : ''}${digits.replace(/^00/, '')}`;
}

/** As one dials it. */
const plain = (mark: string) => {
  if (mark === '\uFF0B') return '+';
  return new RegExp(DIGIT).test(mark) ? String(mark.charCodeAt(0) & 15) : mark;
};
