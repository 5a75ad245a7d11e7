import { oneLine } from './domain/notice.js';
import { approvalPage, preferencesPage } from './domain/page-links.js';

export interface ToldNotice {
  urgency: string;
  subject: string;
  text: string;
  what_to_do: string;
  link: string;
  occurred_at: Date;
}

export interface OpenApproval {
  approval_id: string;
  role: string;
  flow_name: string | null;
  due_at: string | null;
  overdue: boolean;
}

export interface MailContent {
  subject: string;
  text: string;
  html: string;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character]!);

const why = 'You get this mail because of your role in Lastcopy. Which mails you get, and when, you choose here:';
const linkTo = (baseUrl: string, link: string): string => new URL(link, baseUrl).href;
/** Why somebody gets this, and where they choose otherwise: in plain text the address stands by itself, so that readers make a link of it. */
const footerText = (baseUrl: string): string => `${why}\n${linkTo(baseUrl, preferencesPage)}`;
const footerHtml = (baseUrl: string): string => {
  const href = escapeHtml(linkTo(baseUrl, preferencesPage));
  return `<p>${why} <a href="${href}">${href}</a></p>`;
};
const minuteOf = (date: Date): string => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function noticeText(notice: ToldNotice, baseUrl: string): string {
  return `${notice.subject}\n${minuteOf(notice.occurred_at)}\n\n${notice.text}\n\nWhat to do: ${notice.what_to_do}\n${linkTo(baseUrl, notice.link)}`;
}

function noticeHtml(notice: ToldNotice, baseUrl: string): string {
  const href = escapeHtml(linkTo(baseUrl, notice.link));
  return `<h2>${escapeHtml(notice.subject)}</h2><p>${minuteOf(notice.occurred_at)}</p><p>${escapeHtml(notice.text)}</p>
<p><strong>What to do:</strong> ${escapeHtml(notice.what_to_do)}</p><p><a href="${href}">${href}</a></p>`;
}

const page = (title: string, parts: readonly string[], baseUrl: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head><body>${parts.join('<hr>')}<hr>${footerHtml(baseUrl)}</body></html>`;

/** One mail of what happened; several of one kind are grouped into one. Every text is escaped, and a subject is one line. */
export function composeMail(notices: readonly ToldNotice[], baseUrl: string): MailContent {
  const [first] = notices;
  const subject = oneLine(notices.length === 1 ? first!.subject : `${notices.length} × ${first!.subject.split(':')[0]!}`);
  const text = [...notices.map((notice) => noticeText(notice, baseUrl)), footerText(baseUrl)].join('\n\n----\n\n');
  const html = page(
    subject,
    notices.map((notice) => noticeHtml(notice, baseUrl)),
    baseUrl,
  );
  return { subject: `[Lastcopy] ${subject}`, text, html };
}

const approvalLine = ({ role, flow_name, due_at, overdue, approval_id }: OpenApproval, baseUrl: string) => ({
  words: `${overdue ? 'OVERDUE: ' : ''}${role.replace('_', ' ')} for ${flow_name ?? 'a flow'}, due ${due_at ? minuteOf(new Date(due_at)) : 'without a date'}`,
  href: linkTo(baseUrl, approvalPage(approval_id)),
});

/** The mail of a day: what this person has to decide first, the overdue before the rest, then what happened. */
export function composeDigest(open: readonly OpenApproval[], notices: readonly ToldNotice[], baseUrl: string, day: string): MailContent {
  const overdue = open.filter((approval) => approval.overdue).length;
  const parts = [`${open.length} open approvals${overdue ? ` (${overdue} overdue)` : ''}`, `${notices.length} notices`];
  const subject = `Digest of ${day}: ${parts.join(', ')}`;
  const lines = [...open].sort((a, b) => Number(b.overdue) - Number(a.overdue)).map((approval) => approvalLine(approval, baseUrl));
  const waiting = lines.map(({ words, href }) => `- ${words}\n  ${href}`).join('\n');
  const sections = [
    ...(open.length ? [`Waiting for a decision of yours:\n${waiting}`] : []),
    ...notices.map((each) => noticeText(each, baseUrl)),
  ];
  const items = lines.map(({ words, href }) => `<li><a href="${escapeHtml(href)}">${escapeHtml(words)}</a></li>`).join('');
  const html = [
    ...(open.length ? [`<h1>Waiting for a decision of yours</h1><ul>${items}</ul>`] : []),
    ...notices.map((each) => noticeHtml(each, baseUrl)),
  ];
  return {
    subject: `[Lastcopy] ${subject}`,
    text: [...sections, footerText(baseUrl)].join('\n\n----\n\n'),
    html: page(subject, html, baseUrl),
  };
}
