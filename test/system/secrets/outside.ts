import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { Found } from './needles.js';

/** A place outside that the stack tells what happens: down until it is let up. */
export interface Outside {
  port: number;
  /** What reached it, as a reader has it. */
  received: Found[];
  /** How often it was tried in vain. */
  refused(): number;
  up(): void;
  stop(): Promise<void>;
}

/** An SMTP server that takes mail of one user alone. */
export async function startMailServer(user: string, password: string): Promise<Outside> {
  const received: Found[] = [];
  let [isUp, refused] = [false, 0];
  const server = new SMTPServer({
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    // Down at first, then up without knowing anybody, then as it should be.
    onConnect: (_session, done) => done(isUp || refused > 0 ? null : (refused++, new Error('The server is down'))),
    onAuth: (auth, _session, done) => {
      const known = isUp && auth.username === user && auth.password === password;
      if (!known) refused += 1;
      done(known ? null : new Error('Wrong user or password'), known ? { user } : undefined);
    },
    onData: (stream, _session, done) => {
      const read = async () => {
        const raw = await buffer(stream);
        const { headerLines, subject, text, html } = await simpleParser(raw);
        received.push({ where: 'a mail', bytes: Buffer.concat([raw, Buffer.from(JSON.stringify({ headerLines, subject, text, html }))]) });
      };
      read().then(() => done(), done);
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...{ port: (server.server.address() as AddressInfo).port, received, refused: () => refused },
    up: () => (isUp = true),
    stop: () => new Promise((resolve) => void server.close(() => resolve())),
  };
}

/** A receiver of webhooks. */
export async function startWebhookReceiver(): Promise<Outside> {
  const received: Found[] = [];
  let [isUp, refused] = [false, 0];
  const server = http.createServer((request, response) => {
    void buffer(request).then((body) => {
      received.push({ where: 'a webhook', bytes: Buffer.concat([Buffer.from(JSON.stringify(request.headers)), body]) });
      if (!isUp) refused += 1;
      response.writeHead(isUp ? 204 : 503).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    ...{ port: (server.address() as AddressInfo).port, received, refused: () => refused },
    up: () => (isUp = true),
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}
