import { acceptOf, kindsOf } from '../../client/index.ts';
import { useLimits } from '../../hooks/index.ts';
import { useFormat, useLabels } from '../../labels/index.ts';

export interface AllowedFiles {
  /** In a sentence. */
  words: string;
  /** As in "25 MB". */
  size: string;
  /** As in "PNG, PDF". */
  kinds: string;
  count: number;
  /** For a file dialog. */
  accept: string;
}

/** What may be attached here, in words, as the server is set to. */
export function useAllowedFiles(): AllowedFiles {
  const { composer } = useLabels();
  const format = useFormat();
  const { attachmentBytes, attachmentsPerMessage: count, attachmentTypes } = useLimits();
  const size = format.sizeLimit(attachmentBytes);
  const kinds = format.list(kindsOf(attachmentTypes));
  return { words: composer.files(count, size, kinds), size, kinds, count, accept: acceptOf(attachmentTypes) };
}
