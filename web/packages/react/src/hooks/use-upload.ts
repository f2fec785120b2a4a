import type { HaggleError } from '../client/errors.ts';
import type { FileInfo } from '../client/types.ts';

/** `too-large` and `too-many` never reach the server. */
export type UploadProblem = HaggleError | 'too-large' | 'too-many' | 'empty';

export interface Upload {
  key: string;
  name: string;
  /** Bytes. */
  size: number;
  /** An object URL for pictures, revoked by itself. */
  previewUrl: string | null;
  status: 'waiting' | 'uploading' | 'done' | 'failed';
  /** 0 to 1. */
  progress: number;
  file: FileInfo | null;
  problem: UploadProblem | null;
}

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

export function useUpload(): UploadResult {
  throw new Error('to be written');
}
