import { type ReactNode, useContext, useState } from 'react';
import type { ThreadMessage } from '../../hooks/index.ts';
import { Late, latePart } from '../Late/Late.tsx';
import { ThreadActionsContext } from './context.ts';

const offerPart = latePart(() => import('../Offer/OfferCard.tsx'));
const requestPart = latePart(() => import('../Offer/RequestCard.tsx'));

interface NegotiatedProps {
  message: ThreadMessage;
  /** The same in words, until its card is there and where that cannot be had. */
  children: ReactNode;
}

/** An offer or a request as a card. */
export function Negotiated({ message, children }: NegotiatedProps): ReactNode {
  const actions = useContext(ThreadActionsContext);
  const [isFailed, setFailed] = useState(false);
  const { offer, request } = message;
  const onFail = () => setFailed(true);
  if (actions === null || isFailed) return children;
  if (offer !== null) {
    return (
      <Late onFail={onFail} part={offerPart} props={{ message, offer, actions }}>
        {children}
      </Late>
    );
  }
  return (
    request && (
      <Late onFail={onFail} part={requestPart} props={{ message, request, actions }}>
        {children}
      </Late>
    )
  );
}
