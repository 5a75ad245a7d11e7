import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import express, { type NextFunction, type Request, type Response } from 'express';

export interface WebAppParts {
  /** The folder of the built app. */
  dir: string;
  /** Where the browser may send requests besides the gateway itself; asked for each page, as the issuer's address is known only when it listens. */
  connectTo: () => readonly string[];
}

/** What the web app's router knows; anything else that is not found stays a problem of the API. */
const pagePath = /^\/(?:$|login$|signed-in$|(?:decommission|approvals|notifications)(?:\/[^.]*)?$)/;
const yearS = 31_536_000;

const pagePolicy = (nonce: string, connectTo: readonly string[]): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src ${["'self'", ...connectTo].join(' ')}`,
    // A document's preview is a blob of this page.
    'frame-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');

const isPage = ({ method, path: asked }: Request): boolean => (method === 'GET' || method === 'HEAD') && pagePath.test(asked);

/**
 * Serves the built web app: its files, and its page under every path of its router. Files carry their digest in their name and are kept for a
 * year; the page is asked for each time, and lets in only styles with the number drawn for it. Where no app was built, the API stands alone.
 */
export async function webAppHandler({ dir, connectTo }: WebAppParts): Promise<express.RequestHandler> {
  const page = await readFile(path.join(dir, 'index.html'), 'utf8').catch(() => undefined);
  const files = express.static(dir, {
    ...{ index: false, redirect: false, dotfiles: 'ignore', fallthrough: true },
    setHeaders: (response, file) =>
      response.setHeader(
        'Cache-Control',
        file.includes(`${path.sep}assets${path.sep}`) ? `public, max-age=${yearS}, immutable` : 'no-cache',
      ),
  });
  return function webApp(request: Request, response: Response, next: NextFunction): void {
    if (page === undefined) return next();
    if (!isPage(request)) return void files(request, response, next);
    const nonce = randomBytes(16).toString('base64url');
    response
      .status(200)
      .set({
        'Content-Type': 'text/html; charset=utf-8',
        'Cache-Control': 'no-store',
        'Content-Security-Policy': pagePolicy(nonce, connectTo()),
      })
      .send(page.replaceAll('%STYLE_NONCE%', nonce));
  };
}
