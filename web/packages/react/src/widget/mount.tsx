import { createRoot } from 'react-dom/client';
import { ChatWidget, type WidgetProduct } from '../components/ChatWidget/ChatWidget.tsx';
import { Signals } from '../components/Signals/Signals.tsx';
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

/** Draws the chat into a shadow root; its styles are adopted, so a page's policy has nothing against them. */
export function mount(shadow: ShadowRoot, config: WidgetConfig): Mounted {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(__WIDGET_STYLES__);
  shadow.adoptedStyleSheets = [sheet];
  const place = document.createElement('div');
  if (config.theme) place.dataset['theme'] = config.theme;
  shadow.append(place);
  const root = createRoot(place);
  const getToken = config.tokenUrl ? () => fetchToken(config) : undefined;
  let product: WidgetProduct | undefined = config.product ?? undefined;
  const render = (isOpen: boolean) =>
    root.render(
      <HaggleProvider baseUrl={config.baseUrl} getToken={getToken}>
        <Appearance labels={labels}>
          <ChatWidget
            key={product?.id ?? 'list'}
            onOpenChange={(open) => render(open)}
            open={isOpen}
            product={product}
          />
          <Signals onOpen={() => render(true)} />
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
    destroy: () => root.unmount(),
  };
}
