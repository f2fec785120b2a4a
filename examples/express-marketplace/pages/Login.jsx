import { useState } from 'react';
import { ask } from './api.js';
import { go } from './path.jsx';

export function Login({ onDone }) {
  const [problem, setProblem] = useState(null);
  async function submit(event) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    try {
      onDone(await ask('/login', { json: { email: form.get('email'), password: form.get('password') } }));
      go('/');
    } catch {
      setProblem('This is not the password of that address.');
    }
  }
  return (
    <form className="card login" onSubmit={submit}>
      <h1>Log in</h1>
      <label>
        Email
        <input name="email" type="email" autoComplete="username" required />
      </label>
      <label>
        Password
        <input name="password" type="password" autoComplete="current-password" required />
      </label>
      {problem && <p role="alert">{problem}</p>}
      <button type="submit">Log in</button>
    </form>
  );
}
