import type { SqlQuery } from '@lastcopy/eventing';
import { escapeHtml } from './compose-mail.js';

interface KeptMail {
  mail_id: string;
  recipient: string;
  name: string;
  subject: string;
  text: string;
  created_at: Date;
}

const style = `body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem}table{border-collapse:collapse;width:100%}
th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #8a919b}pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid #8a919b;padding:1rem}
:focus-visible{outline:3px solid #1558b0}@media (prefers-color-scheme:dark){body{background:#14171a;color:#e8eaed}a{color:#8ab4f8}}`;

export const mailboxPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

const page = (title: string, content: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title>
<style>${style}</style></head><body><main><h1>${escapeHtml(title)}</h1>${content}</main></body></html>`;

const columns = 'mail_id, recipient, name, subject, text, created_at';

/** The last hundred mails of all people, the newest first. For development alone. */
export async function mailboxPage(query: SqlQuery): Promise<string> {
  const mails = await query<KeptMail>(`select ${columns} from mails order by created_at desc, mail_id limit 100`);
  const row = ({ mail_id, name, recipient, subject, created_at }: KeptMail) =>
    `<tr><td>${created_at.toISOString()}</td><td>${escapeHtml(`${name} <${recipient}>`)}</td>
<td><a href="/dev/mailbox/${escapeHtml(mail_id)}">${escapeHtml(subject)}</a></td></tr>`;
  const table = `<table><caption>Mails that would have been sent</caption><thead><tr><th scope="col">When</th><th scope="col">To</th>
<th scope="col">Subject</th></tr></thead><tbody>${mails.map(row).join('')}</tbody></table>`;
  return page('Development mailbox', mails.length > 0 ? table : '<p>No mail yet.</p>');
}

/** Null when there is no such mail. */
export async function mailPage(query: SqlQuery, mailId: string): Promise<string | null> {
  const [mail] = await query<KeptMail>(`select ${columns} from mails where mail_id = $1`, [mailId]);
  if (!mail) return null;
  const { subject, name, recipient, created_at, text } = mail;
  const head = `<p>To ${escapeHtml(`${name} <${recipient}>`)}, ${created_at.toISOString()}</p>`;
  return page(subject, `${head}<pre>${escapeHtml(text)}</pre><p><a href="/dev/mailbox">All mails</a></p>`);
}
