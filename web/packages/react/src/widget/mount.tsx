import { createRoot } from 'react-dom/client';
import { ChatWidget, type WidgetProduct } from '../components/ChatWidget/ChatWidget.tsx';
import { Late, latePart } from '../components/Late/Late.tsx';
import type { SignalsProps } from '../components/Signals/Signals.tsx';
// Each language is a file of its own: the build puts another one in this place.
import { english as labels } from '../labels/en.ts';
import { HaggleProvider } from '../provider/HaggleProvider.tsx';
import { Appearance } from '../theme/Appearance.tsx';
import { fetchToken, type WidgetConfig, type WidgetSubject } from './config.ts';

/** All styles of the kit, put here at build time. */
declare const __WIDGET_STYLES__: string;

export interface Mounted {
  open: (product?: WidgetSubject) => void;
  close: () => void;
  destroy: () => void;
}

const signalsPart = latePart<SignalsProps>(async () => {
  const { Signals } = await import('../components/Signals/Signals.tsx');
  return { default: Signals };
});
const nothing = () => undefined;

const late: CSSStyleSheet[] = [];
let root: ShadowRoot | null = null;

/** The styles of a part that was loaded later. */
export function adopt(styles: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  late.push(sheet);
  root?.adoptedStyleSheets.push(sheet);
}

/** Draws the chat into a shadow root; its styles are adopted, so a page's policy has nothing against them. */
export function mount(shadow: ShadowRoot, config: WidgetConfig): Mounted {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(__WIDGET_STYLES__);
  shadow.adoptedStyleSheets = [sheet, ...late];
  root = shadow;
  const place = document.createElement('div');
  if (config.theme) place.dataset['theme'] = config.theme;
  shadow.append(place);
  const tree = createRoot(place);
  const getToken = config.tokenUrl ? () => fetchToken(config) : undefined;
  let product: WidgetProduct | undefined = config.product ?? undefined;
  const render = (isOpen: boolean) =>
    tree.render(
      <HaggleProvider baseUrl={config.baseUrl} getToken={getToken}>
        <Appearance labels={labels} pushWorker={config.pushWorker}>
          <ChatWidget
            key={product?.id ?? 'list'}
            onOpenChange={(open) => render(open)}
            open={isOpen}
            product={product}
          />
          <Late onFail={nothing} part={signalsPart} props={{ onOpen: () => render(true) }} />
        </Appearance>
      </HaggleProvider>,
    );
  render(false);
  return {
    open(subject) {
      product = subject ?? product;
      render(true);
    },
    close: () => render(false),
    destroy: () => tree.unmount(),
  };
}
