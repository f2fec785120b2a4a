import './catalogue.css';
import {
  AdminPage,
  ChatPage,
  ChatWidget,
  ReportsPage,
  RequestAnswers,
  RequestQuotation,
} from '@kit/components/index.ts';
import { setScene } from '@kit/components/testing/scene.ts';
import { arabic, english } from '@kit/labels/index.ts';
import { Appearance } from '@kit/theme/index.ts';
import { StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { lengthen } from './long-labels.ts';
import { suppliers } from './people.ts';
import { longScenes, scenes } from './scenes.ts';

/*
 * Every state of the kit by address, without a server:
 * ?scene=page&part=page|widget|admin|reports|answers|ask&open=c1&theme=dark&lang=ar, with &long words, and &details for their panel, &drop for files held over it,
 * &companies for what people work for
 */
const ask = new URLSearchParams(location.search);
const scene = ask.get('scene') ?? 'page';
setScene(scenes[scene] ?? longScenes[scene]?.(ask) ?? {});
// For tests that change the scene while it is on.
Object.assign(window, { setScene, scenes });

const theme = ask.get('theme');
if (theme) document.documentElement.dataset.theme = theme;
const own = ask.get('lang') === 'ar' ? arabic : english;
const labels = ask.has('long') ? lengthen(own) : own;
document.documentElement.lang = labels.locale;
document.documentElement.dir = labels.direction;

const productHref = (id: string) => `#/products/${id}`;
const companyOf = (id: string) => (ask.has('companies') && id ? 'Quayside Market' : null);
const open = ask.get('open');

/** What takes a click or a drag to be seen. */
function act(): void {
  if (ask.has('details'))
    document.querySelector<HTMLButtonElement>(`[aria-label="${labels.header.details}"]`)?.click();
  // From the product to the widget's list.
  if (ask.has('back'))
    document.querySelector<HTMLButtonElement>(`[aria-label="${labels.common.back}"]`)?.click();
  // Words for the search.
  const words = ask.get('words');
  const search = document.querySelector('input');
  if (words && search) {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(search, words);
    search.dispatchEvent(new Event('input', { bubbles: true }));
  }
  // The menu of a message by its key.
  const menu = ask.get('menu');
  if (menu) document.querySelector<HTMLButtonElement>(`[data-message-stop="${menu}"]`)?.click();
  // Buttons and menu items by their names, one after the other.
  (ask.get('press')?.split('|') ?? []).forEach((name, at) => {
    setTimeout(() => pressNamed(name), at * 250);
  });
  if (!ask.has('drop')) return;
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File(['-'], 'artwork.png'));
  const field = document.querySelector('textarea');
  field?.dispatchEvent(new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true }));
}

/** What is named so, with the words of a button or of a menu. */
function pressNamed(name: string): void {
  const all = document.querySelectorAll<HTMLElement>('button, [role^="menuitem"]');
  Array.from(all)
    .find((each) => (each.getAttribute('aria-label') ?? each.textContent)?.trim() === name)
    ?.click();
}

const asked = Object.values(suppliers).map(({ id, name }) => ({ id, name }));

function Part() {
  useEffect(() => {
    const timer = setTimeout(act);
    return () => clearTimeout(timer);
  }, []);
  const given = open === null ? {} : { conversationId: open };
  if (ask.get('part') === 'admin') return <AdminPage {...given} />;
  const part = ask.get('part');
  if (part === 'reports') return <ReportsPage onOpen={() => undefined} />;
  if (part === 'answers') return <RequestAnswers onOpen={() => undefined} requestId="r1" />;
  if (part === 'ask') return <RequestQuotation suppliers={asked} />;
  if (ask.get('part') !== 'widget') return <ChatPage {...given} />;
  const product = {
    id: 'new',
    name: 'Organic cotton tote bag, 180 g',
    image: './pictures/0.svg',
    supplierId: 's1',
    supplierName: 'Anatolia Textiles',
  };
  return <ChatWidget open={!ask.has('closed')} product={ask.has('product') ? product : undefined} />;
}

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Appearance companyOf={companyOf} labels={labels} productHref={productHref}>
        <main>
          <h1 className="hidden">Catalogue</h1>
          {ask.has('scene') ? <Part /> : <Index />}
        </main>
      </Appearance>
    </StrictMode>,
  );
}

function Index() {
  return (
    <ul>
      {[...Object.keys(scenes), ...Object.keys(longScenes)].map((name) => (
        <li key={name}>
          <a href={`?scene=${name}&open=c1`}>{name}</a> <a href={`?scene=${name}&open=c1&theme=dark`}>dark</a>{' '}
          <a href={`?scene=${name}&open=c1&lang=ar`}>ar</a> <a href={`?scene=${name}&part=widget`}>widget</a>{' '}
          <a href={`?scene=${name}&part=admin`}>admin</a>
        </li>
      ))}
    </ul>
  );
}
