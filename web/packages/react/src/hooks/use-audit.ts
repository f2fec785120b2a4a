import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { AuditFilter } from '../client/api.ts';
import type { AuditEntry } from '../client/types.ts';
import { useChat } from '../provider/context.ts';
import { auditOptions } from '../query/options.ts';
import { asError } from './as-error.ts';
import type { PagedResult } from './results.ts';

export type { AuditFilter };

export interface AuditResult extends PagedResult {
  /** Newest first. */
  entries: readonly AuditEntry[];
}

/** For administrators. */
export function useAudit(filter: AuditFilter): AuditResult {
  const chat = useChat();
  const query = useInfiniteQuery(auditOptions(chat, filter), chat.queryClient);
  const entries = useMemo(() => query.data?.pages.flatMap((page) => page.entries) ?? [], [query.data]);
  return {
    entries,
    status: query.status,
    error: asError(query.error),
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetching) void query.fetchNextPage();
    },
    refetch: () => void query.refetch(),
  };
}
