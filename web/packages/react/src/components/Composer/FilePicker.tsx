import { useRef } from 'react';
import { useLabels } from '../../labels/index.ts';
import { IconButton } from '../Button/Button.tsx';
import { useAllowedFiles } from './use-allowed-files.ts';

export function FilePicker({ onFiles }: { onFiles: (files: Iterable<File>) => void }) {
  const { composer } = useLabels();
  const allowed = useAllowedFiles();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton
        icon="attach"
        label={composer.attach}
        onClick={() => input.current?.click()}
        title={`${composer.attach}. ${allowed.words}`}
      />
      <input
        accept={allowed.accept}
        aria-label={composer.attach}
        hidden
        multiple
        onChange={(event) => {
          // Taken out at once: the list empties with the field.
          onFiles(Array.from(event.target.files ?? []));
          event.target.value = '';
        }}
        ref={input}
        type="file"
      />
    </>
  );
}
