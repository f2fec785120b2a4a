import { useCallback, useEffect, useRef, useState } from 'react';
import { ask } from './api.js';
import { Link } from './path.jsx';

const LOOK_AGAIN_MS = 1_500;

/** The shop's own chat: conversations on the left, the open one on the right. */
export function Messages({ openId, user }) {
  const [conversations, setConversations] = useState([]);
  const [messages, setMessages] = useState([]);

  const look = useCallback(async () => {
    setConversations(await ask('/conversations'));
    if (!openId) return;
    const all = await ask(`/conversations/${openId}/messages`);
    setMessages(all);
    if (all.some((one) => !one.isRead && one.senderId !== user.id))
      await ask(`/conversations/${openId}/read`, { method: 'POST' });
  }, [openId, user.id]);
  useEffect(() => lookNowAndAgain(look), [look]);

  return (
    <div className="messages card">
      <ul aria-label="Conversations">
        {conversations.map((one) => (
          <li key={one.id}>
            <Link to={`/messages/${one.id}`}>
              <strong>{one.with}</strong>
              {one.unread > 0 && <b className="unread">{one.unread}</b>}
              <small>{one.product}</small>
              <span>{one.lastMessage ?? 'Nothing yet'}</span>
            </Link>
          </li>
        ))}
      </ul>
      {openId ? (
        <section>
          <Thread messages={messages} user={user} />
          <Composer conversationId={openId} onSent={look} />
        </section>
      ) : (
        <p className="nothing">Choose a conversation.</p>
      )}
    </div>
  );
}

/** The socket brings what this server has heard; what came another way is found by looking again. */
function lookNowAndAgain(look) {
  // A look that fails is followed by another.
  const quietly = () => look().catch(() => undefined);
  quietly();
  const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/ws`);
  socket.onmessage = quietly;
  const timer = setInterval(quietly, LOOK_AGAIN_MS);
  return () => {
    clearInterval(timer);
    socket.onopen = () => socket.close();
    socket.close();
  };
}

function Thread({ messages, user }) {
  const end = useRef(null);
  const count = messages.length;
  useEffect(() => {
    if (count > 0) end.current.scrollIntoView({ block: 'nearest' });
  }, [count]);
  return (
    <ol aria-label="Messages">
      {messages.map((one) => (
        <li key={one.id} className={one.senderId === user.id ? 'mine' : 'theirs'}>
          <small>
            {one.from}, {new Date(one.createdAt).toLocaleTimeString([], { timeStyle: 'short' })}
          </small>
          {one.message && <p>{one.message}</p>}
          {one.attachments?.map((url) => (
            <a key={url} href={url} target="_blank" rel="noreferrer">
              {decodeURIComponent(url.split('/').pop())}
            </a>
          ))}
        </li>
      ))}
      <li ref={end} aria-hidden="true" />
    </ol>
  );
}

function Composer({ conversationId, onSent }) {
  const [text, setText] = useState('');
  const [files, setFiles] = useState([]);
  const [problem, setProblem] = useState(null);

  async function send(event) {
    event.preventDefault();
    try {
      const attachments = [];
      for (const file of files) {
        const path = `/uploads?name=${encodeURIComponent(file.name)}`;
        attachments.push((await ask(path, { method: 'POST', body: file })).url);
      }
      await ask(`/conversations/${conversationId}/messages`, { json: { message: text, attachments } });
      setText('');
      setFiles([]);
      setProblem(null);
      await onSent();
    } catch (error) {
      setProblem(error.message);
    }
  }

  return (
    <form className="composer" onSubmit={send}>
      <label className="file">
        <input type="file" multiple onChange={(event) => setFiles([...event.target.files])} />
        {files.length > 0 ? `${files.length} files` : 'Attach'}
      </label>
      <input
        aria-label="Message"
        value={text}
        onChange={(event) => setText(event.target.value)}
        placeholder="Write a message"
      />
      <button type="submit">Send</button>
      {problem && <p role="alert">{problem}</p>}
    </form>
  );
}
