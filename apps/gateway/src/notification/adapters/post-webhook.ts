import { lookup, type LookupAddress } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { WebhookOutcome, WebhookPost } from '../ports/webhook-post.js';
import { addressAllowed, webhookUrl, type TargetRules } from '../webhook-target.js';

const mostAnswerBytes = 64 * 1024;

/** Looks a name up and hands on only addresses that may be reached: what was checked is what is connected to. */
const checkedLookup =
  (rules: TargetRules): LookupFunction =>
  (name, options, callback) => {
    lookup(name, { ...options, all: true }, (error, addresses) => {
      const found = (addresses as LookupAddress[] | undefined) ?? [];
      if (error) return callback(error, '', 4);
      const bad = found.find(({ address }) => !addressAllowed(address, rules));
      if (bad)
        return callback(new Error(`${name} leads to ${bad.address}, which is not a public address and not on WEBHOOK_ALLOW_LIST`), '', 4);
      if (options.all) return (callback as unknown as (error: null, addresses: LookupAddress[]) => void)(null, found);
      return callback(null, found[0]!.address, found[0]!.family);
    });
  };

/** In ms; 0 when the receiver asked for nothing. */
function retryAfterMs(header: string | undefined, now: number): number {
  if (!header) return 0;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now;
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}

const outcomeOf = (response: http.IncomingMessage): Omit<WebhookOutcome, 'latencyMs'> => {
  const status = response.statusCode ?? 0;
  const ok = status >= 200 && status < 300;
  const redirect = status >= 300 && status < 400 ? '; redirects are not followed' : '';
  return {
    status,
    error: ok ? null : `the receiver answered ${status}${redirect}`,
    retryAfterMs: retryAfterMs(response.headers['retry-after'], Date.now()),
  };
};

interface Sent {
  url: URL;
  headers: Record<string, string>;
  body: string;
}

function send({ url, headers, body }: Sent, rules: TargetRules, timeoutMs: number): Promise<Omit<WebhookOutcome, 'latencyMs'>> {
  return new Promise((resolve, reject) => {
    const { request } = url.protocol === 'https:' ? https : http;
    const length = { 'Content-Length': String(Buffer.byteLength(body)) };
    const options = { method: 'POST', headers: { ...headers, ...length }, lookup: checkedLookup(rules), agent: false as const };
    const sent = request(url, { ...options, signal: AbortSignal.timeout(timeoutMs) }, (response) => {
      const outcome = outcomeOf(response);
      let bytes = 0;
      // The answer's content does not matter; reading it to its end shows that the receiver is done.
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > mostAnswerBytes) response.destroy();
      });
      response.on('close', () => resolve(outcome));
      response.on('error', () => resolve(outcome));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Posts to where webhooks may lead, and nowhere else; whatever goes wrong is told in the outcome. */
export const webhookPost =
  (rules: TargetRules, timeoutMs: number): WebhookPost =>
  async (target, headers, body) => {
    const begun = performance.now();
    const done = (outcome: Omit<WebhookOutcome, 'latencyMs'>): WebhookOutcome => ({
      ...outcome,
      latencyMs: Math.round(performance.now() - begun),
    });
    try {
      const url = webhookUrl(target, rules);
      const host = url.hostname.replace(/^\[|\]$/g, '');
      // An address is looked up nowhere, so it is checked here.
      if (isIP(host) && !addressAllowed(host, rules)) throw new Error(`${host} is not a public address and not on WEBHOOK_ALLOW_LIST`);
      return done(await send({ url, headers, body }, rules, timeoutMs));
    } catch (error) {
      const { name, message, code } = error as Error & { code?: string };
      const words = name === 'TimeoutError' || code === 'ABORT_ERR' ? `no answer within ${timeoutMs} ms` : message || code || name;
      return done({ status: null, error: words, retryAfterMs: 0 });
    }
  };
