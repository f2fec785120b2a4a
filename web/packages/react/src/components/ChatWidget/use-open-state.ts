import { useCallback, useState } from 'react';

export function useOpenState(
  controlled: boolean | undefined,
  onChange: ((open: boolean) => void) | undefined,
): [boolean, (open: boolean) => void] {
  const [own, setOwn] = useState(false);
  const change = useCallback(
    (open: boolean) => {
      setOwn(open);
      onChange?.(open);
    },
    [onChange],
  );
  return [controlled ?? own, change];
}
