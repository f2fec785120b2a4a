import { keepClear } from '../components/ChatWidget/keep-clear.ts';
import { configOf, fetchToken, type WidgetConfig, type WidgetSubject } from './config.ts';
import { launcherIcon, launcherStyle } from './launcher-look.ts';
import type { Mounted } from './mount.tsx';

/*
 * The small script behind <script src="…/widget.js">: a round button, and the chat itself when it is first pressed.
 * The files of the chat, one for each language, are named at build time.
 */
declare const __WIDGET_FILES__: Record<'en' | 'ar', string>;

interface HaggleGlobal {
  /** Opens the chat, about a product if one is given. */
  open: (product?: WidgetSubject) => Promise<void>;
  close: () => void;
  /** Takes the widget off the page, for instance at sign-out. */
  destroy: () => void;
}

const COUNT_EVERY_MS = 60_000;
const words = { en: 'Open chat', ar: 'فتح المحادثة' };

function start(script: HTMLScriptElement): HaggleGlobal {
  const config = configOf(script);
  const { host, shadow } = makeHost(config);
  const button = makeButton(config, shadow);
  const stopCounting = countUnread(config, button);
  const stopClearing = keepClear(button, button);
  let mounted: Promise<Mounted> | null = null;
  const mount = () => {
    mounted ??= load(script, config, shadow, () => {
      stopCounting();
      stopClearing();
      button.remove();
    });
    return mounted.catch((error: unknown) => {
      mounted = null;
      button.disabled = false;
      throw error;
    });
  };
  const open = async (product?: WidgetSubject) => {
    button.disabled = true;
    (await mount()).open(product);
  };
  // The page hears of a chat that does not load by the button that works again.
  button.addEventListener('click', () => void open().catch(() => undefined));
  return {
    open,
    close: () => void mounted?.then((widget) => widget.close()),
    destroy: () => {
      stopCounting();
      stopClearing();
      void mounted?.then((widget) => widget.destroy());
      host.remove();
    },
  };
}

async function load(
  script: HTMLScriptElement,
  config: WidgetConfig,
  shadow: ShadowRoot,
  onReady: () => void,
): Promise<Mounted> {
  await loadScript(new URL(__WIDGET_FILES__[languageOf(config)], script.src).href);
  const { haggleChat } = window as unknown as { haggleChat: typeof import('./mount.tsx') };
  const mounted = haggleChat.mount(shadow, config);
  onReady();
  return mounted;
}

/** A plain script and not a module, which another origin would have to allow. */
function loadScript(address: string): Promise<void> {
  return new Promise((done, fail) => {
    const element = document.createElement('script');
    element.src = address;
    element.onload = () => done();
    element.onerror = () => {
      element.remove();
      fail(new Error('The chat could not be loaded.'));
    };
    document.head.append(element);
  });
}

/** An element that no rule of the page can reach: inline and important beats everything, and it has no box of its own. */
function makeHost({ theme }: WidgetConfig) {
  const host = document.createElement('haggle-widget');
  host.style.setProperty('all', 'initial', 'important');
  host.style.setProperty('display', 'contents', 'important');
  if (theme) host.dataset['theme'] = theme;
  const shadow = host.attachShadow({ mode: 'open' });
  // Shortcuts of the page are not for what is typed here.
  for (const type of ['keydown', 'keyup', 'keypress'])
    host.addEventListener(type, (event) => event.stopPropagation());
  // Beside the body: a body with a transform would become what `fixed` is fixed to.
  document.documentElement.append(host);
  return { host, shadow };
}

const languageOf = ({ lang }: WidgetConfig) => (lang.startsWith('ar') ? 'ar' : 'en');

function makeButton(config: WidgetConfig, shadow: ShadowRoot): HTMLButtonElement {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(launcherStyle);
  shadow.adoptedStyleSheets = [sheet];
  const language = languageOf(config);
  const button = document.createElement('button');
  button.type = 'button';
  button.dir = language === 'ar' ? 'rtl' : 'ltr';
  button.ariaLabel = words[language];
  button.append(launcherIcon());
  shadow.append(button);
  return button;
}

/** Shows how much is unread before anything else is loaded. */
function countUnread(config: WidgetConfig, button: HTMLButtonElement): () => void {
  const badge = document.createElement('span');
  const look = async () => {
    if (document.hidden) return;
    const signed = await signature(config);
    if (!signed) return;
    const answer = await fetch(`${config.baseUrl}/api/chat/unread-count`, signed);
    if (!answer.ok) return;
    const { count } = (await answer.json()) as { count: number };
    badge.textContent = count > 99 ? '99+' : String(count);
    if (count > 0) button.append(badge);
    else badge.remove();
  };
  // A count that cannot be had is simply not shown.
  const quietly = () => void look().catch(() => undefined);
  quietly();
  const timer = setInterval(quietly, COUNT_EVERY_MS);
  return () => clearInterval(timer);
}

/** By a token, or where the page names none by the cookies of the shop; null when nobody is signed in. */
async function signature(config: WidgetConfig): Promise<RequestInit | null> {
  if (!config.tokenUrl) return { credentials: 'include' };
  const token = await fetchToken(config);
  return token ? { headers: { authorization: `Bearer ${token}` } } : null;
}

// A script of type="module" is not called the current one, but has its tag as well.
const script = document.currentScript ?? document.querySelector('script[src*="widget.js"]');
if (script instanceof HTMLScriptElement) Object.assign(window, { Haggle: start(script) });
else reportError(new Error('Haggle: widget.js is for a tag of its own, <script src="…/widget.js">.'));
