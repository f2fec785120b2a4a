import { useMemo } from 'react';
import type { FileInfo } from '../client/types.ts';
import type { Upload } from '../client/uploads/upload.ts';
import { useChat, useStore } from '../provider/context.ts';

export type { Upload, UploadProblem } from '../client/uploads/upload.ts';

export interface UploadResult {
  uploads: readonly Upload[];
  /** How many chosen files are not in the list, because there were far too many. */
  leftOut: number;
  add: (files: Iterable<File>) => void;
  /** For folders that were dropped: each is named in the list, with its reason. */
  refuseFolders: (names: Iterable<string>) => void;
  retry: (key: string) => void;
  /** Cancels it if it is under way. */
  remove: (key: string) => void;
  /** Takes out everything that can never be sent. */
  removeRefused: () => void;
  /** Call after sending. */
  clear: () => void;
  /** Call before sending: the server keeps an upload for a day only. True if one is too old; it then says so itself. */
  expire: () => boolean;
  isUploading: boolean;
  /** The finished ones, in the order they were added: what `send` takes. */
  files: readonly FileInfo[];
}

/** The attachments of a draft. Like its text they stay when its composer goes, and over a reload. */
export function useUpload(draft: string): UploadResult {
  const queue = useChat().uploads.of(draft);
  const uploads = useStore(queue.uploads);
  const leftOut = useStore(queue.leftOut);
  return useMemo(() => {
    const { add, refuseFolders, retry, remove, removeRefused, clear, expire } = queue;
    return {
      uploads,
      leftOut,
      add,
      refuseFolders,
      retry,
      remove,
      removeRefused,
      clear,
      expire,
      isUploading: uploads.some((one) => one.status === 'waiting' || one.status === 'uploading'),
      files: uploads.flatMap((one) => one.file ?? []),
    };
  }, [uploads, leftOut, queue]);
}
