import { readFileSync } from 'node:fs';
import nodemailer from 'nodemailer';
import type { Transporter } from 'nodemailer';
import { hasMailServer, type NotificationConfig } from '../notification-config.js';
import type { Mail, MailTransport } from '../ports/mail-transport.js';

const timeoutMs = 20_000;

function serverOf({ SMTP_URL, SMTP_HOST, SMTP_PORT, SMTP_USER, SMTP_PASSWORD, SMTP_TLS }: NotificationConfig) {
  if (!SMTP_URL) {
    const port = SMTP_PORT ?? (SMTP_TLS === 'implicit' ? 465 : 587);
    return { host: SMTP_HOST!, port, implicit: SMTP_TLS === 'implicit', user: SMTP_USER, pass: SMTP_PASSWORD };
  }
  const url = new URL(SMTP_URL);
  const implicit = url.protocol === 'smtps:' || SMTP_TLS === 'implicit';
  const port = Number(url.port || (implicit ? 465 : 587));
  const said = (part: string) => (part ? decodeURIComponent(part) : undefined);
  return {
    ...{ host: url.hostname.replace(/^\[|\]$/g, ''), port, implicit },
    ...{ user: said(url.username) ?? SMTP_USER, pass: said(url.password) ?? SMTP_PASSWORD },
  };
}

function transporterFor(config: NotificationConfig): Transporter {
  const { host, port, implicit, user, pass } = serverOf(config);
  const ca = config.SMTP_CA_FILE ? { ca: readFileSync(config.SMTP_CA_FILE, 'utf8') } : {};
  return nodemailer.createTransport({
    ...{ host, port, secure: implicit, requireTLS: config.SMTP_TLS === 'starttls' && !implicit, ignoreTLS: config.SMTP_TLS === 'none' },
    ...(user ? { auth: { user, pass: pass ?? '' } } : {}),
    tls: { minVersion: 'TLSv1.2', ...ca },
    ...{ connectionTimeout: timeoutMs, greetingTimeout: timeoutMs, socketTimeout: timeoutMs },
    // Nothing of a mail is ever read from a file or fetched.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
}

/** The mail server that the settings name; null when there is none. */
export function mailTransportOf(config: NotificationConfig): MailTransport | null {
  if (!hasMailServer(config)) return null;
  const transporter = transporterFor(config);
  const domain = config.MAIL_FROM.split('@')[1]!;
  return {
    async send({ mail_id, recipient, name, subject, text, html, urgent }: Mail) {
      await transporter.sendMail({
        from: { name: 'Lastcopy', address: config.MAIL_FROM },
        to: { name, address: recipient },
        ...{ subject, text, html, messageId: `<${mail_id}@${domain}>` },
        ...(urgent ? { priority: 'high' as const } : {}),
        headers: { 'Auto-Submitted': 'auto-generated' },
      });
    },
    close: () => transporter.close(),
  };
}

/** The server said no for good: the same mail again would be refused again. */
export const refusedForGood = (error: unknown): boolean => {
  const { responseCode, command } = error as { responseCode?: number; command?: string };
  return responseCode !== undefined && responseCode >= 500 && /^(RCPT|DATA|MAIL)/.test(command ?? '');
};
