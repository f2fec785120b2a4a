import { useState } from 'react';
import { useLabels } from '../../labels/index.ts';
import { IconButton } from '../Button/Button.tsx';
import { Late, latePart } from '../Late/Late.tsx';
import type { Anchor } from '../Menu/Menu.tsx';
import { useStartForm } from './negotiation.ts';

const menuPart = latePart(() => import('../Offer/StartMenu.tsx'));

interface OfferButtonProps {
  conversationId: string;
  negotiator: 'buyer' | 'supplier';
  /** Back to a form that was begun; null where none was. */
  onResume: (() => void) | null;
}

/** The way to the form of an offer. A buyer may also ask for one. */
export function OfferButton({ conversationId, negotiator, onResume }: OfferButtonProps) {
  const { composer } = useLabels();
  const start = useStartForm(conversationId);
  const [anchor, setAnchor] = useState<Anchor | null>(null);
  const close = () => setAnchor(null);
  const isBuyer = negotiator === 'buyer';
  return (
    <>
      <IconButton
        aria-haspopup={isBuyer && !onResume ? 'menu' : undefined}
        data-begun={onResume !== null || undefined}
        icon="offer"
        label={onResume ? composer.resumeOffer : isBuyer ? composer.offers : composer.makeOffer}
        onClick={(event) => {
          if (onResume) onResume();
          else if (isBuyer) setAnchor(event.currentTarget.getBoundingClientRect());
          else start({ kind: 'offer' });
        }}
      />
      {anchor !== null && (
        <Late
          onFail={close}
          part={menuPart}
          props={{
            anchor,
            onClose: close,
            onStart: (kind: 'offer' | 'request') => {
              close();
              start({ kind });
            },
          }}
        />
      )}
    </>
  );
}
