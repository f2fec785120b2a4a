import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Me, Role } from '../client/types.ts';
import { useChat, useStore } from '../provider/context.ts';
import type { Conversations } from '../query/keys.ts';
import { conversationsOptions } from '../query/options.ts';
import { roleIn } from '../query/people.ts';

/** Who is signed in; null until the token or the server has said so. */
export function useMe(): Me | null {
  const { client, queryClient } = useChat();
  const me = useStore(client.me);
  const id = me?.id ?? null;
  const { data: seenRole } = useQuery(
    { ...conversationsOptions, select: (known) => roleAmong(known, id), enabled: false },
    queryClient,
  );
  const role = me?.role ?? seenRole ?? null;
  return useMemo(() => (id === null ? null : { id, role }), [id, role]);
}

/** Only administrators see conversations that they are not in. */
function roleAmong(known: Conversations, me: string | null): Role | null {
  if (me === null) return null;
  for (const conversation of Object.values(known)) {
    const role = roleIn(conversation, me);
    if (role !== null) return role;
  }
  return Object.keys(known).length > 0 ? 'admin' : null;
}
