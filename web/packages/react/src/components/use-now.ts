import { useEffect, useState } from 'react';

/** The time, renewed every minute, so that "2 minutes ago" and the change of day come by themselves. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), 60_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
