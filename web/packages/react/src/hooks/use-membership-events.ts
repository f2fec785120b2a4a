import { useQuery } from '@tanstack/react-query';
import { useChat } from '../provider/context.ts';
import { keys, type MembershipEvent } from '../query/keys.ts';

export type { MembershipEvent };

const none: readonly MembershipEvent[] = [];

/** Administrators who joined or left, as this browser has heard of them; oldest first. */
export function useMembershipEvents(conversationId: string): readonly MembershipEvent[] {
  const { queryClient } = useChat();
  const { data } = useQuery(
    { queryKey: keys.events(conversationId), queryFn: () => none, enabled: false, gcTime: Infinity },
    queryClient,
  );
  return data ?? none;
}
