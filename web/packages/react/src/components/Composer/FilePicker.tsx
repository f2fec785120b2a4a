import { useRef } from 'react';
import { acceptedFiles, limits } from '../../client/index.ts';
import { useLabels } from '../../labels/index.ts';
import { IconButton } from '../Button/Button.tsx';
import { megabytes } from './AttachmentTray.tsx';

export function FilePicker({ onFiles }: { onFiles: (files: FileList) => void }) {
  const { composer } = useLabels();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton
        icon="attach"
        label={composer.attach}
        onClick={() => input.current?.click()}
        title={`${composer.attach}. ${composer.files(limits.attachmentsPerMessage, megabytes())}`}
      />
      <input
        accept={acceptedFiles}
        aria-label={composer.attach}
        hidden
        multiple
        onChange={(event) => {
          if (event.target.files) onFiles(event.target.files);
          event.target.value = '';
        }}
        ref={input}
        type="file"
      />
    </>
  );
}
