import type { AuditEntry } from '../client/types.ts';
import type { PagedResult } from './results.ts';

export interface AuditFilter {
  conversationId?: string | undefined;
  actorId?: string | undefined;
  action?: string | undefined;
}

export interface AuditResult extends PagedResult {
  /** Newest first. */
  entries: readonly AuditEntry[];
}

/** For administrators. */
export function useAudit(_filter: AuditFilter): AuditResult {
  throw new Error('to be written');
}
