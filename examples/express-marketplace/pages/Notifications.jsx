import { useEffect, useState } from 'react';
import { ask } from './api.js';

export function Notifications() {
  const [all, setAll] = useState(null);
  useEffect(() => {
    ask('/notifications').then(setAll);
  }, []);
  if (!all) return null;

  async function read({ id }) {
    await ask(`/notifications/${id}/read`, { method: 'POST' });
    setAll(all.map((one) => (one.id === id ? { ...one, isRead: true } : one)));
  }

  return (
    <>
      <h1>Notifications</h1>
      {all.length === 0 && <p>Nothing yet.</p>}
      {all.map((one) => (
        <article key={one.id} className="card notification">
          <div>
            <strong>{one.title}</strong>
            <div>{one.body}</div>
          </div>
          {!one.isRead && (
            <button type="button" onClick={() => read(one)}>
              Got it
            </button>
          )}
        </article>
      ))}
    </>
  );
}
