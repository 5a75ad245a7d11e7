import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { session } from '../sign-in/session.js';
import { changed } from '../sign-in/testing/changed.js';
import { emptyTab } from '../sign-in/testing/empty-tab.js';
import { signedInAs } from '../sign-in/testing/issuer.js';
import { followStream, type StreamMessage } from './event-stream.js';

type Listener = (request: http.IncomingMessage, response: http.ServerResponse) => void;

let answer: Listener;
let server: http.Server;
let path: string;
beforeAll(async () => {
  server = http.createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  path = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1/stream`;
});
afterAll(() => {
  server?.closeAllConnections();
  server?.close();
});
beforeEach(() => {
  emptyTab();
  session.keep(signedInAs(3_600_000));
});

const problem =
  (code: string): Listener =>
  (_, response) =>
    response.writeHead(401, { 'Content-Type': 'application/problem+json' }).end(JSON.stringify({ status: 401, code, detail: code }));

const follow = (closed: AbortController, onMessage: (message: StreamMessage) => unknown = () => undefined) =>
  followStream({
    path,
    onMessage: (message) => void onMessage(message),
    onHeard: () => undefined,
    onState: () => undefined,
    signal: closed.signal,
  });

it('tells the session when the gateway no longer takes the token', async () => {
  answer = problem('UNAUTHENTICATED');
  const closed = new AbortController();
  const followed = follow(closed);
  await changed(session, () => session.get() === undefined);
  expect(session.lastSeen()).toEqual({ user_id: 'olga', engagement_id: 'two' });
  closed.abort();
  await followed;
});

it('stays signed in while the gateway fails, and is told from where it stopped', async () => {
  const positions: (string | undefined)[] = [];
  answer = (request, response) => {
    positions.push(request.headers['last-event-id'] as string | undefined);
    if (positions.length === 2) return void response.writeHead(503).end();
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    response.end(`id: ${positions.length}\nevent: change\ndata: {}\n\n`);
  };
  const closed = new AbortController();
  let heard = 0;
  const followed = follow(closed, () => ++heard === 2 && closed.abort());
  await followed;
  expect(positions).toEqual([undefined, '1', '1']);
  expect(session.get()?.user_id).toBe('olga');
});
