import { useCallback, useMemo } from 'react';
import type { Conversation } from '../../client/index.ts';
import { useMe } from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import { peopleIn } from '../people.ts';

/** The names of the people in a conversation. The same function while the names stay the same, whoever comes online. */
export function useNames(conversation: Conversation | null): (userId: string) => string {
  const { common } = useLabels();
  const me = useMe()?.id;
  const pairs = conversation ? peopleIn(conversation).map(({ id, name }) => [id, name]) : [];
  const told = JSON.stringify(pairs);
  const names = useMemo(() => new Map(JSON.parse(told) as [string, string][]), [told]);
  return useCallback(
    (userId) => (userId === me ? common.you : (names.get(userId) ?? common.formerAdmin)),
    [names, me, common],
  );
}
