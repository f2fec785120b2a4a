import { HaggleError } from '../errors.ts';
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
  /** Why it cannot be sent. It stays until somebody takes it out, so that nobody sends without it unawares. */
  refused?: RefusedRecord | null | undefined;
}

/** The server's reason as it can be stored. */
export type RefusedRecord = Refusal | Pick<HaggleError, 'status' | 'code' | 'message' | 'fields'>;

export function refusedRecordOf(problem: UploadProblem | null): RefusedRecord | null {
  if (problem === null || typeof problem === 'string') return problem;
  if (problem.isTemporary || problem.kind === 'aborted' || problem.kind === 'signed-out') return null;
  const { status, code, message, fields } = problem;
  return { status, code, message, fields };
}

export function problemFrom(record: RefusedRecord): UploadProblem {
  if (typeof record === 'string') return record;
  const { message, ...details } = record;
  return new HaggleError('refused', message, details);
}

/** Whether trying the same again may help. */
export function isTemporary({ problem }: Pick<Upload, 'problem'>): boolean {
  return typeof problem === 'object' && problem !== null && problem.isTemporary;
}
