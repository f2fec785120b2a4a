// @vitest-environment node
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../testing/property-runs.ts';
import { limits } from '../limits.ts';
import {
  CloseCode,
  type Event,
  type State,
  type StateName,
  statusOf,
  stopped,
  transition,
} from './machine.ts';

const names: StateName[] = [
  'stopped',
  'asking',
  'opening',
  'authenticating',
  'resuming',
  'online',
  'probing',
  'waiting',
  'offline',
  'dormant',
  'replaced',
  'signed-out',
];

const events: Record<string, Event> = {
  start: { type: 'start' },
  stop: { type: 'stop' },
  token: { type: 'token', found: true },
  'no-token': { type: 'token', found: false },
  'token-failed': { type: 'token-failed' },
  opened: { type: 'opened' },
  authenticated: { type: 'authenticated' },
  ready: { type: 'ready' },
  heard: { type: 'heard' },
  'closed 1001': { type: 'closed', code: CloseCode.goingAway, steady: false },
  'closed 1006': { type: 'closed', code: 1006, steady: false },
  'closed 1009': { type: 'closed', code: CloseCode.tooBig, steady: false },
  'closed 4400': { type: 'closed', code: CloseCode.badFrames, steady: false },
  'closed 4401': { type: 'closed', code: CloseCode.notAuthenticated, steady: false },
  'closed 4403': { type: 'closed', code: CloseCode.notAllowed, steady: false },
  'closed 4408': { type: 'closed', code: CloseCode.tooSlow, steady: false },
  'closed 4409': { type: 'closed', code: CloseCode.replaced, steady: false },
  timer: { type: 'timer', hidden: false },
  'timer hidden': { type: 'timer', hidden: true },
  'token-aging': { type: 'token-aging' },
  'network-lost': { type: 'network-lost' },
  'network-back': { type: 'network-back' },
  'user-acts': { type: 'user-acts' },
};

/** Where each event leads from each state; what is not named leads nowhere. */
const expected: Record<StateName, Partial<Record<string, StateName>>> = {
  stopped: { start: 'asking' },
  asking: {
    stop: 'stopped',
    token: 'opening',
    'no-token': 'signed-out',
    'token-failed': 'waiting',
    'network-lost': 'offline',
  },
  opening: { ...sockets(), opened: 'authenticating', timer: 'waiting', 'timer hidden': 'waiting' },
  authenticating: { ...sockets(), authenticated: 'resuming', timer: 'waiting', 'timer hidden': 'waiting' },
  resuming: { ...sockets(), ready: 'online', timer: 'waiting', 'timer hidden': 'waiting' },
  online: { ...sockets(), timer: 'probing', 'timer hidden': 'probing', 'user-acts': 'probing' },
  probing: { ...sockets(), heard: 'online', timer: 'waiting', 'timer hidden': 'waiting' },
  waiting: {
    stop: 'stopped',
    timer: 'asking',
    'timer hidden': 'asking',
    'network-lost': 'offline',
    'network-back': 'asking',
    'user-acts': 'asking',
  },
  offline: {
    stop: 'stopped',
    timer: 'asking',
    'timer hidden': 'asking',
    'network-back': 'asking',
    'user-acts': 'asking',
  },
  dormant: { stop: 'stopped', 'network-back': 'asking', 'user-acts': 'asking' },
  replaced: { stop: 'stopped', 'user-acts': 'asking' },
  'signed-out': { stop: 'stopped', 'network-back': 'asking', 'user-acts': 'asking' },
};

function sockets(): Partial<Record<string, StateName>> {
  return {
    stop: 'stopped',
    'closed 1001': 'waiting',
    'closed 1006': 'waiting',
    'closed 1009': 'waiting',
    'closed 4400': 'waiting',
    'closed 4408': 'waiting',
    'closed 4401': 'asking',
    'closed 4403': 'asking',
    'closed 4409': 'replaced',
    'network-lost': 'offline',
  };
}

const at = (name: StateName, change: Partial<State> = {}): State => ({ ...stopped, name, ...change });
const does = (state: State, event: Event): string[] =>
  transition(state, event).effects.map((effect) => effect.do);

describe('every state and every event', () => {
  for (const name of names) {
    for (const [label, event] of Object.entries(events)) {
      const target = expected[name][label] ?? name;
      it(`${name}: ${label} → ${target}`, () => {
        expect(transition(at(name), event).state.name).toBe(target);
      });
    }
  }
});

describe('what follows', () => {
  it('asks, opens, authenticates and then listens', () => {
    expect(does(at('stopped'), { type: 'start' })).toEqual(['ask-token']);
    expect(does(at('asking'), { type: 'token', found: true })).toEqual(['open', 'timer']);
    expect(does(at('opening'), { type: 'opened' })).toEqual(['authenticate', 'timer']);
    expect(does(at('authenticating'), { type: 'authenticated' })).toEqual(['timer']);
    expect(does(at('resuming'), { type: 'ready' })).toEqual(['timer']);
  });

  it('refuses the token once after 4401, then reports signed out', () => {
    const first = transition(at('authenticating'), { type: 'closed', code: 4401, steady: false });
    expect(first.effects.map((effect) => effect.do)).toEqual(['refuse-token', 'ask-token']);
    const second = transition(
      { ...first.state, name: 'authenticating' },
      { type: 'closed', code: 4401, steady: false },
    );
    expect(second.state.name).toBe('signed-out');
    expect(second.effects).toEqual([]);
  });

  it('forgets an earlier refusal once the connection had been steady', () => {
    const step = transition(at('online', { refused: true }), { type: 'closed', code: 4401, steady: true });
    expect(step.state).toMatchObject({ name: 'asking', refused: true });
  });

  it('never plans to come back after 4409', () => {
    const step = transition(at('online'), { type: 'closed', code: 4409, steady: true });
    expect(step).toEqual({ state: at('replaced'), effects: [] });
  });

  it('backs off further with each failure', () => {
    const step = transition(at('opening', { attempt: 4 }), { type: 'closed', code: 1006, steady: false });
    expect(step.effects).toContainEqual({ do: 'back-off', attempt: 5 });
  });

  it('rests when nobody looks and it has failed often', () => {
    const tired = at('waiting', { attempt: limits.attemptsWhileHidden });
    expect(transition(tired, { type: 'timer', hidden: true }).state.name).toBe('dormant');
    expect(transition(tired, { type: 'timer', hidden: false }).state.name).toBe('asking');
  });

  it('renews the token without leaving the socket', () => {
    const step = transition(at('online'), { type: 'token-aging' });
    expect(step.state.name).toBe('online');
    expect(step.effects[0]).toEqual({ do: 'renew' });
  });

  it('tells the user about each state', () => {
    expect(names.map((name) => `${name}: ${statusOf(at(name))}`)).toMatchInlineSnapshot(`
      [
        "stopped: connecting",
        "asking: connecting",
        "opening: connecting",
        "authenticating: connecting",
        "resuming: connecting",
        "online: online",
        "probing: online",
        "waiting: connecting",
        "offline: offline",
        "dormant: connecting",
        "replaced: replaced",
        "signed-out: signed-out",
      ]
    `);
    expect(statusOf(at('waiting', { attempt: 1 }))).toBe('reconnecting');
    expect(statusOf(at('asking', { wasOnline: true }))).toBe('reconnecting');
  });
});

const withSocket = new Set<StateName>(['opening', 'authenticating', 'resuming', 'online', 'probing']);
const resting = new Set<StateName>(['stopped', 'dormant', 'replaced', 'signed-out']);

describe('whatever happens in whatever order', () => {
  const anyEvents = fc.array(fc.constantFrom(...Object.values(events)), { maxLength: 60 });

  it('keeps one socket at most, and is never without a plan unless it rests', () => {
    fc.assert(
      fc.property(anyEvents, (happenings) => {
        let state = stopped;
        let hasSocket = false;
        for (const event of happenings) {
          if (event.type === 'closed') hasSocket = hasSocket && !withSocket.has(state.name);
          const step = transition(state, event);
          for (const effect of step.effects) {
            if (effect.do === 'close') hasSocket = false;
            if (effect.do === 'open') {
              expect(hasSocket).toBe(false);
              hasSocket = true;
            }
          }
          const planned = step.effects.some((effect) => effect.do === 'timer' || effect.do === 'back-off');
          const waitsForToken = step.state.name === 'asking';
          if (step.state.name !== state.name) {
            expect(planned || waitsForToken || resting.has(step.state.name)).toBe(true);
          }
          state = step.state;
          expect(hasSocket).toBe(withSocket.has(state.name));
        }
      }),
      runs(),
    );
  });
});
