import type { ReactNode } from 'react';
import type { MessageRequest } from '../../client/index.ts';
import type { ThreadMessage } from '../../hooks/index.ts';
import { useLateLabels } from '../../labels/use-late-labels.ts';
import type { ThreadActions } from '../Bubble/context.ts';
import { MessageText } from '../Bubble/MessageText.tsx';
import { Button } from '../Button/Button.tsx';
import { Dialog } from '../Dialog/Dialog.tsx';
import { Icon } from '../Icon/Icon.tsx';
import { RequestAnswers } from '../RequestAnswers/RequestAnswers.tsx';
import { tell } from '../Told/told.ts';
import { noteIn } from './note.ts';
import styles from './Offer.module.css';
import { TermsView } from './TermsView.tsx';

export interface RequestCardProps {
  message: ThreadMessage;
  request: MessageRequest;
  actions: ThreadActions;
}

/** What a buyer asks for, and the supplier's way to an offer for it. */
export default function RequestCard({ message, request, actions }: RequestCardProps): ReactNode {
  const { offer: words, requests } = useLateLabels();
  const compare = () =>
    actions.showDialog(
      <Dialog isWide onClose={() => actions.showDialog(null)} title={requests.answers}>
        <RequestAnswers className={styles.inDialog} requestId={request.id} />
      </Dialog>,
    );
  const note = noteIn(message.text, request.terms);
  const make = () =>
    actions.startForm({ kind: 'offer', from: request.terms, source: request.id }, (restore) =>
      tell(words.replaced, { label: words.undo, act: restore }),
    );
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div aria-label={words.request} className={styles.card} role="group">
      <header className={styles.head}>
        <Icon name="offer" size={16} />
        <h4 className={styles.title}>{words.request}</h4>
      </header>
      <TermsView terms={request.terms} />
      {note !== '' && (
        <div className={styles.note} dir="auto">
          <MessageText text={note} />
        </div>
      )}
      <div className={styles.buttons}>
        {actions.negotiator === 'supplier' && (
          <Button icon="offer" kind="primary" onClick={make} small>
            {words.make}
          </Button>
        )}
        {message.isMine && (
          <Button icon="people" onClick={compare} small>
            {words.compare}
          </Button>
        )}
      </div>
    </div>
  );
}
