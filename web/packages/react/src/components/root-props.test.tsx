import { createRef } from 'react';
import { beforeEach, expect, it, vi } from 'vitest';
import { defaultServerLimits } from '../client/index.ts';
import { ChatPage } from './ChatPage/ChatPage.tsx';
import { ChatWidget } from './ChatWidget/ChatWidget.tsx';
import { Composer } from './Composer/Composer.tsx';
import { ConversationList } from './ConversationList/ConversationList.tsx';
import { MessageThread } from './MessageThread/MessageThread.tsx';
import { ReportsPage } from './ReportsPage/ReportsPage.tsx';
import { RequestAnswers } from './RequestAnswers/RequestAnswers.tsx';
import { RequestQuotation } from './RequestQuotation/RequestQuotation.tsx';
import { stubBrowser } from './testing/browser.ts';
import { buyer, conversation, message } from './testing/fixtures.ts';
import { show } from './testing/show.tsx';

vi.mock('../hooks/index.ts', () => import('./testing/fake-hooks.ts'));
beforeEach(stubBrowser);

const limits = { ...defaultServerLimits, offers: true };
const scene = { me: buyer, limits, conversations: [conversation()], messages: { c1: [message(1)] } };

it('every part takes a class and a ref, and messages have places for one’s own', () => {
  const page = createRef<HTMLDivElement>();
  const thread = createRef<HTMLDivElement>();
  const composer = createRef<HTMLFormElement>();
  const list = createRef<HTMLElement>();
  const widget = createRef<HTMLDivElement>();
  const reports = createRef<HTMLElement>();
  const answers = createRef<HTMLElement>();
  const ask = createRef<HTMLFormElement>();
  show(
    scene,
    <>
      <ChatPage className="one" ref={page} />
      <MessageThread
        className="two"
        conversationId="c1"
        ref={thread}
        renderActions={() => <button type="button">Translate</button>}
        renderBody={({ text }) => <em>{text.toUpperCase()}</em>}
      />
      <Composer className="three" conversationId="c1" ref={composer} />
      <ConversationList className="four" onSelect={() => undefined} ref={list} />
      <ChatWidget className="five" ref={widget} />
      <ReportsPage className="six" ref={reports} />
      <RequestAnswers className="seven" ref={answers} requestId="r1" />
      <RequestQuotation className="eight" ref={ask} suppliers={[]} />
    </>,
  );
  const refs = [page, thread, composer, list, widget, reports, answers, ask].map(
    (each) => each.current?.classList,
  );
  const given = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'];
  expect(refs.map((classes, at) => classes?.contains(given[at] ?? ''))).toEqual(given.map(() => true));
  expect(thread.current?.querySelector('em')?.textContent).toBe('TEXT 1');
  expect(thread.current?.querySelector('article button')?.textContent).toBe('Translate');
});
