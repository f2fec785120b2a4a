import { withoutSlash } from '../client/base-url.ts';

/** What a page says about its widget, by `data-` attributes of the script tag or by `Haggle.update`. */
export interface WidgetConfig {
  /** Where the server is; by default where the script came from. */
  baseUrl: string;
  /** Answers the token, bare or as `{"token": "…"}`, for the signed-in visitor of the page, with the page's own cookies. */
  tokenUrl: string | null;
  /** The language of the widget, of which English and Arabic are there; by default the page's. */
  lang: string;
  theme: 'light' | 'dark' | null;
  /** The kit's service worker on the page's own site. */
  pushWorker: string | null;
  product: WidgetSubject | null;
}

export interface WidgetSubject {
  id: string;
  name: string;
  image: string | null;
  /** The supplier's id, or that supplier's user id. Without one the marketplace itself is asked. */
  supplierId: string | null;
  supplierName: string;
}

/** Reads `data-token-url`, `data-push-worker`, `data-theme`, `data-lang`, `data-base-url` and `data-product-id`, `-name`, `-image`, `data-supplier-id`, `-name`. */
export function configOf(script: HTMLScriptElement): WidgetConfig {
  const {
    baseUrl,
    tokenUrl,
    lang,
    theme,
    productId,
    productName,
    productImage,
    supplierId,
    supplierName,
    pushWorker,
  } = script.dataset;
  return {
    baseUrl: withoutSlash(baseUrl ? new URL(baseUrl, location.href).href : folderOf(script)),
    tokenUrl: tokenUrl ? new URL(tokenUrl, location.href).href : null,
    lang: lang ?? document.documentElement.lang ?? '',
    theme: theme === 'light' || theme === 'dark' ? theme : null,
    pushWorker: pushWorker ?? null,
    product: productId
      ? {
          id: productId,
          name: productName ?? productId,
          image: productImage ?? null,
          supplierId: supplierId || null,
          supplierName: supplierName ?? '',
        }
      : null,
  };
}

/** The folder of the script, which a proxy may have put below a path of the host. */
function folderOf(script: HTMLScriptElement): string {
  const { origin, pathname } = new URL('.', new URL(script.src, location.href));
  return origin + pathname;
}

/** A token for the visitor; null when nobody is signed in on the page. */
export async function fetchToken({ tokenUrl }: WidgetConfig): Promise<string | null> {
  if (!tokenUrl) return null;
  const answer = await fetch(tokenUrl, { credentials: 'include', cache: 'no-store' });
  if (answer.status === 401 || answer.status === 403) return null;
  if (!answer.ok) throw new Error(`The token address answered ${answer.status}.`);
  const text = (await answer.text()).trim();
  if (!text.startsWith('{')) return text || null;
  const { token } = JSON.parse(text) as { token?: string | null };
  return token ?? null;
}
