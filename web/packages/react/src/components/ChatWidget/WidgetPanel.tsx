import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useDraft, useMe, useProductConversation, useUpload } from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import { Button, IconButton } from '../Button/Button.tsx';
import { useAddress } from '../ChatPage/use-address.ts';
import { useKeyboardInset } from '../ChatPage/use-keyboard-inset.ts';
import { ConnectionBanner } from '../ConnectionBanner/ConnectionBanner.tsx';
import { ConversationList } from '../ConversationList/ConversationList.tsx';
import type { ConversationPaneProps } from '../ConversationPane/ConversationPane.tsx';
import { Late, latePart, loadAhead } from '../Late/Late.tsx';
import { focusPlace, isFocusLost, rowIn } from '../lost-focus.ts';
import { PreferencesButton } from '../Preferences/PreferencesButton.tsx';
import { Skeleton } from '../Skeleton/Skeleton.tsx';
import { StartConversation } from '../StartConversation/StartConversation.tsx';
import { ToldPlace } from '../Told/ToldPlace.tsx';
import { isPhone, useBack } from '../use-back.ts';
import { useKeepFocus } from '../use-keep-focus.ts';
import styles from './ChatWidget.module.css';
import type { WidgetProduct } from './ChatWidget.tsx';

const panePart = latePart<ConversationPaneProps>(async () => {
  const { ConversationPane } = await import('../ConversationPane/ConversationPane.tsx');
  return { default: ConversationPane };
});

type View =
  | { kind: 'product'; product: WidgetProduct }
  | { kind: 'conversation'; id: string }
  | { kind: 'support' }
  | { kind: 'list' };

interface WidgetPanelProps {
  product: WidgetProduct | undefined;
  onClose: () => void;
}

/** The open widget, in the browser's top layer, where no style of the page can cover it. */
export function WidgetPanel({ product, onClose }: WidgetPanelProps) {
  const labels = useLabels();
  const panel = useRef<HTMLDivElement>(null);
  const [view, setOnlyView] = useState<View>(product ? { kind: 'product', product } : { kind: 'list' });
  const [isFromList, setFromList] = useState(false);
  const setView = (next: View) => {
    if (next.kind === 'list' || view.kind === 'list') setFromList(view.kind === 'list');
    setOnlyView(next);
  };
  // On a phone Back leads to the list for those who came from there; for the others it closes the widget.
  useBack(isFromList && isPhone(), () => setView({ kind: 'list' }));
  useAddress(view.kind === 'conversation' ? view.id : null, (id) => setView({ kind: 'conversation', id }));
  useKeyboardInset(panel);
  useKeepFocus(panel);
  const shown = view.kind === 'conversation' ? view.id : view.kind;
  const before = useRef(shown);
  // The button that was pressed has gone with its view, and a finger on Back has pressed none.
  useLayoutEffect(() => {
    const left = before.current;
    before.current = shown;
    if (left === shown || !panel.current || !isFocusLost(panel.current)) return;
    focusPlace(rowIn(panel.current, left) ?? panel.current);
  }, [shown]);
  useLayoutEffect(() => {
    panel.current?.showPopover?.();
    panel.current?.focus();
  }, []);
  // The list is what one sees first; nobody shall wait for the conversation behind it.
  useEffect(() => loadAhead(panePart), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && !event.defaultPrevented) onClose();
  };
  return (
    <div
      aria-label={labels.widget.title}
      className={styles.panel}
      onKeyDown={onKeyDown}
      popover="manual"
      ref={panel}
      role="dialog"
      tabIndex={-1}
    >
      <ConnectionBanner />
      <Content onClose={onClose} product={product} setView={setView} view={view} />
      <ToldPlace />
    </div>
  );
}

interface ContentProps extends WidgetPanelProps {
  view: View;
  setView: (view: View) => void;
}

function Content({ view, setView, product, onClose }: ContentProps): ReactNode {
  const labels = useLabels();
  const close = () => <IconButton icon="close" label={labels.widget.close} onClick={onClose} />;
  const back = () => setView({ kind: 'list' });
  const toConversation = ({ id }: { id: string }) => setView({ kind: 'conversation', id });
  switch (view.kind) {
    case 'conversation':
      return (
        <Late
          key={view.id}
          onFail={back}
          part={panePart}
          props={{
            autoFocus: true,
            conversationId: view.id,
            onBack: back,
            renderHeaderActions: close,
          }}
        >
          <Bar onBack={back} onClose={onClose} title="" />
          <Skeleton count={5} shape="bubbles" />
        </Late>
      );
    case 'product':
      return (
        <AboutProduct
          bar={
            <Bar onBack={back} onClose={onClose} title={view.product.supplierName || labels.widget.title} />
          }
          onFound={toConversation}
          product={view.product}
        />
      );
    case 'support':
      return (
        <>
          <Bar onBack={back} onClose={onClose} title={labels.type.support} />
          <StartConversation name={labels.type.support} onStarted={toConversation} purpose={{}} />
        </>
      );
    case 'list':
      return (
        <>
          <Bar hasPreferences onClose={onClose} title={labels.widget.title} />
          <ConversationList onSelect={toConversation} />
          <Starts
            onAsk={() => product && setView({ kind: 'product', product })}
            onSupport={() => setView({ kind: 'support' })}
            product={product}
          />
        </>
      );
  }
}

interface BarProps {
  title: string;
  onBack?: () => void;
  hasPreferences?: boolean;
  onClose: () => void;
}

function Bar({ title, onBack, hasPreferences = false, onClose }: BarProps) {
  const labels = useLabels();
  return (
    <div className={styles.bar}>
      {onBack && <IconButton directional icon="back" label={labels.common.back} onClick={onBack} />}
      <h2 className={styles.title}>
        <bdi>{title}</bdi>
      </h2>
      {hasPreferences && <PreferencesButton />}
      <IconButton icon="close" label={labels.widget.close} onClick={onClose} />
    </div>
  );
}

interface AboutProductProps {
  product: WidgetProduct;
  bar: ReactNode;
  onFound: (conversation: { id: string }) => void;
}

/** The conversation about a product: the one there is, or one that begins with the first message. */
function AboutProduct({ product, bar, onFound }: AboutProductProps) {
  const labels = useLabels();
  const { supplierId } = product;
  const kind = supplierId ? 'buyer_supplier' : 'support';
  const { conversationId, status, refetch } = useProductConversation(product.id, kind);
  const draftName = `new ${product.id}`;
  const [draft, upload] = [useDraft(draftName), useUpload(draftName)];
  const hasBegun = draft.text !== '' || upload.uploads.length > 0;
  const [isNew, setNew] = useState(false);
  const [isUnknown, setUnknown] = useState(false);
  // Decided once: a conversation that appears while its first message is on the way must not take the place of that.
  // Where nobody could say, it is shown when it is found later, unless somebody has begun to write by then.
  useLayoutEffect(() => {
    if (isNew) return;
    setUnknown(status === 'error');
    if (status === 'error' ? hasBegun : status === 'success' && conversationId === null) setNew(true);
    else if (conversationId !== null) onFound({ id: conversationId });
  }, [isNew, hasBegun, status, conversationId, onFound]);
  // However long it takes to look, and whatever becomes of it, there is a way out.
  if (!isNew && status === 'pending') {
    return (
      <>
        {bar}
        <Skeleton count={5} shape="bubbles" />
      </>
    );
  }
  if (!isNew && status === 'success') return bar;
  return (
    <>
      {bar}
      <StartConversation
        name={product.supplierName || (supplierId ? labels.role.supplier : labels.type.support)}
        onAskAgain={isUnknown ? refetch : undefined}
        onStarted={onFound}
        product={{ id: product.id, name: product.name, image: product.image ?? '' }}
        purpose={{ productId: product.id, ...(supplierId && { supplierId }) }}
      />
    </>
  );
}

interface StartsProps {
  product: WidgetProduct | undefined;
  onAsk: () => void;
  onSupport: () => void;
}

/** What a buyer can begin from here. */
function Starts({ product, onAsk, onSupport }: StartsProps) {
  const { widget } = useLabels();
  const me = useMe();
  if (me?.role === 'supplier' || me?.role === 'admin') return null;
  return (
    <div className={styles.starts}>
      {product && (
        <Button icon="chat" kind="primary" onClick={onAsk}>
          {widget.ask(product.name)}
        </Button>
      )}
      <Button onClick={onSupport}>{widget.contactSupport}</Button>
    </div>
  );
}
