/** What is looked for in a page, as a person would name it. Only what can be seen is found. */
export interface Look {
  role?: 'button' | 'textbox' | 'searchbox' | 'log' | 'dialog' | 'heading' | 'img' | 'link';
  /** The accessible name: exactly this, or what this pattern finds. */
  name?: string | RegExp;
  css?: string;
  text?: string | RegExp;
  /** Inside of what has this role. */
  within?: 'log' | 'dialog' | 'form';
}

/** The source of an expression for the elements that are found, those of open shadow trees too. */
export function found(look: Look): string {
  const plain = Object.entries(look).map(([key, value]) => [
    key,
    value instanceof RegExp ? { pattern: value.source, flags: value.flags } : value,
  ]);
  return `(${findAll})(${JSON.stringify(Object.fromEntries(plain))})`;
}

type Pattern = string | { pattern: string; flags: string } | undefined;

/* It runs in the page, so it stands on nothing outside of it. */
function findAll(look: {
  role?: string;
  name?: Pattern;
  css?: string;
  text?: Pattern;
  within?: string;
}): Element[] {
  const selectors: Record<string, string> = {
    button: 'button, [role=button]',
    textbox: 'textarea, input:not([type]), input[type=text], [role=textbox]',
    searchbox: 'input[type=search], [role=searchbox]',
    log: '[role=log]',
    dialog: 'dialog, [role=dialog]',
    heading: 'h1, h2, h3, h4',
    img: 'img, [role=img]',
    link: 'a[href]',
    form: 'form',
  };
  const roots = (root: Document | ShadowRoot): (Document | ShadowRoot)[] => [
    root,
    ...[...root.querySelectorAll('*')].flatMap((each) => (each.shadowRoot ? roots(each.shadowRoot) : [])),
  ];
  const nameOf = (element: Element): string => {
    const by = element.getAttribute('aria-labelledby');
    const scope = element.getRootNode() as Document | ShadowRoot;
    const label = by?.split(' ').map((id) => scope.getElementById(id)?.textContent ?? '');
    const own = label?.join(' ') ?? element.getAttribute('aria-label') ?? element.getAttribute('alt');
    const labels = (element as HTMLInputElement).labels;
    return own || labels?.[0]?.textContent || element.textContent || element.getAttribute('title') || '';
  };
  const plain = (text: string) =>
    text
      .replace(/[\u2066-\u2069]/g, '')
      .replace(/\s+/g, ' ')
      .trim();
  const fits = (text: string, wanted: Pattern): boolean => {
    if (wanted === undefined) return true;
    if (typeof wanted === 'string') return plain(text) === plain(wanted);
    return new RegExp(wanted.pattern, wanted.flags).test(plain(text));
  };
  const isSeen = (element: Element) =>
    element.getClientRects().length > 0 && getComputedStyle(element).visibility === 'visible';
  // A text alone is where it is written, not in everything around that.
  const holdsText = (element: Element) =>
    look.text === undefined ||
    (fits(element.textContent ?? '', look.text) &&
      (look.css !== undefined ||
        ![...element.children].some((each) => fits(each.textContent ?? '', look.text))));
  const isWithin = (element: Element) =>
    look.within === undefined || element.closest(selectors[look.within] ?? look.within) !== null;
  const selector = look.css ?? (look.role ? (selectors[look.role] ?? look.role) : '*');
  return roots(document)
    .flatMap((root) => [...root.querySelectorAll(selector)])
    .filter((each) => isSeen(each) && fits(nameOf(each), look.name) && holdsText(each) && isWithin(each));
}
