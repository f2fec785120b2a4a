import { useState } from 'react';
import { useLabels } from '../../labels/index.ts';
import { IconButton } from '../Button/Button.tsx';
import { Late, latePart } from '../Late/Late.tsx';

const preferencesPart = latePart(() => import('./Preferences.tsx'));

/** Opens the reader's preferences of notifications. */
export function PreferencesButton() {
  const { list } = useLabels();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <IconButton
        aria-haspopup="dialog"
        icon="sliders"
        label={list.preferences}
        onClick={() => setOpen(true)}
      />
      {isOpen && <Late onFail={close} part={preferencesPart} props={{ onClose: close }} />}
    </>
  );
}
