/** What stands in a saved reply for what is known only in a conversation. */
export interface Filled {
  buyer: string;
  product: string;
  me: string;
}

/** The text with names in the place of `{{buyer}}`, `{{product}}` and `{{me}}`; what is not known stays as it is written. */
export function fill(text: string, known: Partial<Filled>): string {
  return text.replace(
    /\{\{\s*(buyer|product|me)\s*\}\}/g,
    (whole, name: keyof Filled) => known[name] || whole,
  );
}
