import { createHash } from 'node:crypto';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { escaped, page } from './login-page.js';

const sendOn = "document.addEventListener('DOMContentLoaded',()=>document.forms[0].submit())";
/** As a Content-Security-Policy names the one script of these pages: it sends the form on. */
export const sendOnSource = `'sha256-${createHash('sha256').update(sendOn).digest('base64')}'`;

/** Whether a program that the person signed in to asks for it, and not a page that wants to annoy them. */
const asksForItself = ({ oidc }: KoaContextWithOIDC): boolean => oidc.entities.IdTokenHint?.payload?.sub === oidc.session?.accountId;

/** Ends the session: without a word where the ID token of the session's own person came along, else at the press of a button. */
export function signOutPage(context: KoaContextWithOIDC): void {
  const { oidc } = context;
  const action = escaped(oidc.urlFor('end_session_confirm'));
  const secret = `<input type="hidden" name="xsrf" value="${escaped(String(oidc.session?.state?.secret))}">`;
  const press = '<button type="submit" name="logout" value="yes">Sign out</button>';
  const content = asksForItself(context)
    ? `<form method="post" action="${action}">${secret}<input type="hidden" name="logout" value="yes"><noscript>${press}</noscript></form>
<script>${sendOn}</script>`
    : `<form method="post" action="${action}">${press}${secret}</form>`;
  context.type = 'html';
  context.body = page('Sign out', content);
}

/** Where nobody asked to be sent back. */
export function signedOutPage(context: KoaContextWithOIDC): void {
  context.type = 'html';
  context.body = page('Signed out', '<p role="status">You are signed out of the development sign-in.</p>');
}
