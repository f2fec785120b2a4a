import { Appearance, arabic, english, HaggleProvider } from '@haggle/react';
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { LoginPage } from './pages/LoginPage.tsx';
import { Shell } from './parts/Shell.tsx';
import { Loading, Problem } from './parts/Status.tsx';
import { avatarOf, fetchMarketplace } from './shop/marketplace.ts';
import { usePreference } from './shop/preferences.ts';
import { hrefs } from './shop/route.ts';
import { ShopProvider } from './shop/ShopContext.tsx';
import { getToken, logIn, useSession } from './shop/session.ts';

const queryClient = new QueryClient();

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Market />
    </QueryClientProvider>
  );
}

/** The marketplace as the person of this tab sees it. */
function Market() {
  const session = useSession();
  const [theme] = usePreference('theme', ['system', 'light', 'dark'], 'system');
  const [language] = usePreference('language', ['en', 'ar'], 'en');
  const { data, error, refetch } = useQuery({
    queryKey: ['marketplace'],
    queryFn: fetchMarketplace,
    staleTime: Number.POSITIVE_INFINITY,
  });
  useTheme(theme);
  useLoginByLink();
  const userId = session?.userId;
  const role = session?.role ?? null;
  const user = useMemo(() => (userId ? { id: userId, role } : undefined), [userId, role]);
  if (error) return <Problem onRetry={() => refetch()} />;
  if (!data) return <Loading />;
  const me = data.people.find((person) => person.id === userId);
  if (!user || !me) return <LoginPage marketplace={data} />;
  return (
    <HaggleProvider baseUrl={base} getToken={getToken} key={user.id} user={user}>
      <Appearance
        avatarOf={avatarOf}
        labels={language === 'ar' ? arabic : english}
        productHref={hrefs.product}
        pushWorker={`${base}haggle-push.js`}
      >
        <ShopProvider marketplace={data} me={me}>
          <Shell />
        </ShopProvider>
      </Appearance>
    </HaggleProvider>
  );
}

/** Where this page is: a proxy may serve the demo below a path of its own. */
const base = new URL('.', location.href).pathname;

function useTheme(theme: 'system' | 'light' | 'dark'): void {
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
}

/** ?as=ID logs in as that person and leaves the address clean. */
function useLoginByLink(): void {
  useEffect(() => {
    const address = new URL(location.href);
    const id = address.searchParams.get('as');
    if (!id) return;
    address.searchParams.delete('as');
    history.replaceState(null, '', address);
    // An unknown id leaves the login page, which says everything.
    logIn(id).catch(() => undefined);
  }, []);
}
