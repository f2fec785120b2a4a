import { useEffect, useState } from 'react';
import { useConnection } from './use-connection.ts';

/** A short break mends itself before anybody needs to know. */
const PATIENCE_MS = 2500;

/** Whether there is no connection, for longer than a moment: who is online cannot be known then. */
export function useIsCutOff(): boolean {
  const { status } = useConnection();
  const isTrying = status === 'connecting' || status === 'reconnecting';
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    setLong(false);
    if (!isTrying) return;
    const timer = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isTrying]);
  return isTrying ? isLong : status !== 'online';
}
