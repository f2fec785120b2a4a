import { useEffect, useState } from 'react';
import { ask } from './api.js';
import { HaggleButton } from './HaggleButton.jsx';
import { Login } from './Login.jsx';
import { Messages } from './Messages.jsx';
import { Notifications } from './Notifications.jsx';
import { Product, Products } from './Products.jsx';
import { go, Link, usePath } from './path.jsx';
import { Report } from './Report.jsx';

export function App() {
  const [, page, id] = usePath().split('/');
  const [me, setMe] = useState(null);
  useEffect(() => {
    ask('/me').then(setMe);
  }, []);
  if (!me) return null;
  const { user, chat } = me;
  const hasOldChat = chat !== 'haggle';

  async function logOut() {
    await ask('/logout', { method: 'POST' });
    setMe({ ...me, user: null });
    go('/');
  }

  return (
    <>
      <header>
        <Link to="/" className="brand">
          Dockside Supply
        </Link>
        <nav>
          <Link to="/">Products</Link>
          {user && hasOldChat && <Link to="/messages">Messages</Link>}
          {user && <Link to="/notifications">Notifications</Link>}
          {user?.role === 'admin' && <Link to="/report">Report</Link>}
        </nav>
        {user ? (
          <span className="me">
            {user.name}
            <button type="button" onClick={logOut}>
              Log out
            </button>
          </span>
        ) : (
          <Link to="/login" className="me">
            Log in
          </Link>
        )}
      </header>
      <main>
        {page === '' && <Products />}
        {page === 'products' && <Product key={id} slug={id} user={user} chat={chat} />}
        {page === 'login' && <Login onDone={(who) => setMe({ ...me, user: who })} />}
        {page === 'messages' && user && hasOldChat && <Messages key={id} openId={id} user={user} />}
        {page === 'notifications' && user && <Notifications />}
        {page === 'report' && user?.role === 'admin' && <Report />}
      </main>
      {user && chat !== 'old' && page !== 'products' && <HaggleButton />}
    </>
  );
}
