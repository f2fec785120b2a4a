/** Embeddings, overrides and isolates; the plain marks U+200E, U+200F and U+061C stay. */
const unseen = /[\u202A-\u202E\u2066-\u2069]|(?![\n\t])\p{Cc}/gu;
const outerSpace = /^\p{White_Space}+|\p{White_Space}+$/gu;
const loneSurrogates = /\p{Surrogate}/gu;

/**
 * A text as the server takes it: without what nobody can see, in NFC, without space around it. Half a surrogate pair,
 * which has no place in JSON, becomes the sign that browsers show for it.
 */
export function plainText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(unseen, '')
    .replace(loneSurrogates, '\uFFFD')
    .normalize('NFC')
    .replace(outerSpace, '');
}

/** Unicode characters, counted as the server counts them. */
export function charactersOf(text: string): number {
  let count = 0;
  for (const _ of plainText(text)) count += 1;
  return count;
}
