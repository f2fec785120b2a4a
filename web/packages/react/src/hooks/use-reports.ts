import { type InfiniteData, useInfiniteQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { judgeReport, listReports, type ReportState } from '../client/offers-api.ts';
import type { components } from '../client/schema.ts';
import type { FiledReport } from '../client/types.ts';
import { useChat } from '../provider/context.ts';
import { keys } from '../query/keys.ts';
import { asError } from './as-error.ts';
import type { PagedResult } from './results.ts';

export type { ReportState };

export interface ReportsResult extends PagedResult {
  /** Newest first. */
  reports: readonly FiledReport[];
  /** Says what becomes of one; `open` takes that back. Rejects with a `HaggleError`. */
  judge: (id: string, judgement: { state: ReportState; answer?: string }) => Promise<void>;
}

type Page = components['schemas']['ReportPage'];

/** What people have reported; for administrators. */
export function useReports(state: ReportState): ReportsResult {
  const { client, queryClient } = useChat();
  const query = useInfiniteQuery<Page, Error, InfiniteData<Page>, readonly unknown[], string | null>(
    {
      queryKey: [...keys.reports, state],
      queryFn: ({ pageParam, signal }) => listReports(client.http, state, pageParam, signal),
      initialPageParam: null,
      getNextPageParam: (page) => (page.hasMore ? page.nextCursor : null),
      // No event tells of a report.
      staleTime: 0,
      refetchInterval: 60_000,
    },
    queryClient,
  );
  const reports = useMemo(() => query.data?.pages.flatMap((page) => page.reports) ?? [], [query.data]);
  const judge = useCallback(
    async (id: string, judgement: { state: ReportState; answer?: string }) => {
      await judgeReport(client.http, id, judgement);
      await queryClient.invalidateQueries({ queryKey: keys.reports });
    },
    [client, queryClient],
  );
  return {
    reports,
    judge,
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
