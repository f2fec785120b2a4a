import { useEffect, useRef, useState } from 'react';
import type { ThreadMessage } from '../../hooks/index.ts';
import { useLabels } from '../../labels/index.ts';
import { rootClasses } from '../../theme/index.ts';

/** After a long absence nobody wants to hear everything; the newest say enough. */
const SPOKEN = 5;

interface AnnouncerProps {
  messages: readonly ThreadMessage[];
  /** The newest place when the conversation was opened; what came before is not news. */
  openedAtSeq: number;
}

/** Reads each new message of somebody else to a screen reader, once. */
export function Announcer({ messages, openedAtSeq }: AnnouncerProps) {
  const { thread, signals } = useLabels();
  const spokenSeq = useRef(openedAtSeq);
  const [lines, setLines] = useState<string[]>([]);
  useEffect(() => {
    const news: string[] = [];
    for (let index = messages.length - 1; index >= 0 && news.length < SPOKEN; index--) {
      const message = messages[index];
      if (!message || message.seq === null) continue;
      if (message.seq <= spokenSeq.current) break;
      if (!message.isMine) news.unshift(thread.says(message.senderName, message.text || signals.attachment));
    }
    spokenSeq.current = Math.max(
      spokenSeq.current,
      messages.findLast((message) => message.seq !== null)?.seq ?? 0,
    );
    if (news.length > 0) setLines(news);
  }, [messages, thread, signals]);
  return (
    <div aria-live="polite" className={rootClasses.visuallyHidden}>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </div>
  );
}
