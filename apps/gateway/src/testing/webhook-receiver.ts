import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedWebhook {
  headers: Record<string, string>;
  body: string;
}

export interface WebhookReceiver {
  url: string;
  port: number;
  received: ReceivedWebhook[];
  /** What it answers from now on. */
  answer: { status: number; headers?: Record<string, string> };
  stop(): Promise<void>;
}

/** A real HTTP server that takes webhooks, or refuses them as it is told. */
export async function startWebhookReceiver(port = 0): Promise<WebhookReceiver> {
  const receiver = { received: [] as ReceivedWebhook[], answer: { status: 204 } as WebhookReceiver['answer'] };
  const server = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      receiver.received.push({ headers: request.headers as Record<string, string>, body });
      response.writeHead(receiver.answer.status, receiver.answer.headers).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const bound = (server.address() as AddressInfo).port;
  return Object.assign(receiver, {
    ...{ url: `http://127.0.0.1:${bound}/hook`, port: bound },
    stop: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => void server.close(() => resolve()));
    },
  });
}
