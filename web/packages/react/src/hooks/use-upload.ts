import { useEffect, useMemo } from 'react';
import type { FileInfo } from '../client/types.ts';
import { useChat, useStore } from '../provider/context.ts';
import { createUploadQueue, type Upload } from './upload-queue.ts';

export type { Upload, UploadProblem } from './upload-queue.ts';

export interface UploadResult {
  uploads: readonly Upload[];
  add: (files: Iterable<File>) => void;
  retry: (key: string) => void;
  /** Cancels it if it is under way. */
  remove: (key: string) => void;
  /** Call after sending. */
  clear: () => void;
  isUploading: boolean;
  /** The finished ones, in the order they were added: what `send` takes. */
  files: readonly FileInfo[];
}

/** The attachments of one composer; leaving it cancels what is under way. */
export function useUpload(): UploadResult {
  const { client } = useChat();
  const queue = useMemo(() => createUploadQueue(client.upload, client.environment.newId), [client]);
  const uploads = useStore(queue.uploads);
  useEffect(() => queue.clear, [queue]);
  return useMemo(
    () => ({
      uploads,
      add: queue.add,
      retry: queue.retry,
      remove: queue.remove,
      clear: queue.clear,
      isUploading: uploads.some((one) => one.status === 'waiting' || one.status === 'uploading'),
      files: uploads.flatMap((one) => one.file ?? []),
    }),
    [uploads, queue],
  );
}
