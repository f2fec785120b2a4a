import { useLateLabels } from '../../labels/use-late-labels.ts';
import { type Anchor, Menu } from '../Menu/Menu.tsx';

export interface StartMenuProps {
  anchor: Anchor;
  onStart: (kind: 'offer' | 'request') => void;
  onClose: () => void;
}

/** What a buyer may begin. */
export default function StartMenu({ anchor, onStart, onClose }: StartMenuProps) {
  const { composer } = useLateLabels();
  return (
    <Menu
      anchor={anchor}
      items={[
        { label: composer.askForOffer, icon: 'quote', onSelect: () => onStart('request') },
        { label: composer.makeOffer, icon: 'offer', onSelect: () => onStart('offer') },
      ]}
      label={composer.offers}
      onClose={onClose}
    />
  );
}
