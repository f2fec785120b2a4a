import type { HaggleError } from '../errors.ts';
import type { FileInfo } from '../types.ts';

/**
 * Why a file is not sent without the server having said so. `lost`: the page ended in the middle of its upload, and the
 * browser has kept the name only. `expired`: it was uploaded, but not sent for a day.
 */
export type Refusal = 'too-large' | 'too-many' | 'empty' | 'folder' | 'lost' | 'expired';

export type UploadProblem = HaggleError | Refusal;

export interface Upload {
  key: string;
  name: string;
  /** Bytes. */
  size: number;
  /** An object URL for pictures, revoked by itself, or the server's own small picture. */
  previewUrl: string | null;
  status: 'waiting' | 'uploading' | 'done' | 'failed';
  /** 0 to 1. */
  progress: number;
  file: FileInfo | null;
  problem: UploadProblem | null;
}

/** What survives a reload. */
export interface UploadRecord {
  key: string;
  /** The draft it belongs to. */
  draft: string;
  name: string;
  size: number;
  /** When it was chosen or, once there is a file, uploaded: milliseconds since 1970. */
  at: number;
  /** Its place among the others: the time when it was chosen, no two of a draft at the same. */
  place: number;
  /** The tab that uploads it. */
  owner: string;
  file: FileInfo | null;
}

/** Whether trying the same again may help. */
export function isTemporary({ problem }: Pick<Upload, 'problem'>): boolean {
  return typeof problem === 'object' && problem !== null && problem.isTemporary;
}
