type Forms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/** A chooser of plural forms; `#` in a form stands for the number, written as the language writes it. */
export function pluralsOf(locale: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (count, forms) => (forms[rules.select(count)] ?? forms.other).replace('#', numbers.format(count));
}
