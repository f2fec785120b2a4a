import { forwardRef, type ReactNode, useEffect, useMemo, useRef } from 'react';
import { useUnreadCount } from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import { rootClasses } from '../../theme/index.ts';
import { Boundary } from '../Boundary/Boundary.tsx';
import { Button } from '../Button/Button.tsx';
import { listenToWorker, wanted } from '../ChatPage/wanted.ts';
import { Icon } from '../Icon/Icon.tsx';
import { both, classes, type RootProps } from '../root-props.ts';
import { UnreadBadge } from '../UnreadBadge/UnreadBadge.tsx';
import { isPhone, useBack } from '../use-back.ts';
import styles from './ChatWidget.module.css';
import { keepClear } from './keep-clear.ts';
import { useOpenState } from './use-open-state.ts';
import { WidgetPanel } from './WidgetPanel.tsx';

export interface WidgetProduct {
  id: string;
  name: string;
  image?: string | null;
  /** The supplier's id, or that supplier's user id. Without one the marketplace itself is asked. */
  supplierId?: string | null;
  supplierName?: string;
}

export interface ChatWidgetProps extends RootProps {
  /** What the page is about: the widget opens on the conversation about it. */
  product?: WidgetProduct | undefined;
  /** Leave it out and the widget keeps it to itself. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** In place of the round button; call `toggle`. */
  renderLauncher?: (toggle: () => void, unread: number) => ReactNode;
}

/** A round button in the corner of any page, and the chat in its place, which closes by its own. */
export const ChatWidget = forwardRef<HTMLDivElement, ChatWidgetProps>(function ChatWidget(
  { product, open, onOpenChange, renderLauncher, className },
  ref,
) {
  const labels = useLabels();
  const unread = useUnreadCount();
  const [isOpen, setOpen] = useOpenState(open, onOpenChange);
  const root = useRef<HTMLDivElement>(null);
  const rootRef = useMemo(() => both(root, ref), [ref]);
  const launcher = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (wasOpen.current && !isOpen) launcher.current?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  useBack(isOpen && isPhone(), () => setOpen(false));
  useEffect(() => {
    const [place, button] = [root.current, launcher.current];
    return place && button ? keepClear(place, button) : undefined;
  }, []);
  const openIt = useRef(setOpen);
  openIt.current = setOpen;
  useEffect(() => {
    listenToWorker();
    return wanted.subscribe(() => {
      if (wanted.get() !== null) openIt.current(true);
    });
  }, []);
  const toggle = () => setOpen(!isOpen);
  return (
    <div
      className={classes(rootClasses.root, styles.widget, className)}
      data-haggle-widget
      dir={labels.direction}
      lang={labels.locale}
      ref={rootRef}
    >
      {renderLauncher?.(toggle, unread) ?? (
        <button
          aria-expanded={isOpen}
          className={styles.launcher}
          data-open={isOpen || undefined}
          onClick={toggle}
          ref={launcher}
          title={labels.widget.open}
          type="button"
        >
          <Icon name="chat" size={24} />
          <span className={rootClasses.visuallyHidden}>{labels.widget.open}</span>
          {unread > 0 && (
            <span className={styles.badge}>
              <UnreadBadge count={unread} />
            </span>
          )}
        </button>
      )}
      {isOpen && (
        <Boundary actions={<Button onClick={() => setOpen(false)}>{labels.widget.close}</Button>}>
          <WidgetPanel onClose={() => setOpen(false)} product={product} />
        </Boundary>
      )}
    </div>
  );
});
