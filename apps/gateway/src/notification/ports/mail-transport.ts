/** A mail as it is sent, each time the same. */
export interface Mail {
  /** Its Message-ID is made of it: a reader that gets it twice can tell. */
  mail_id: string;
  recipient: string;
  name: string;
  subject: string;
  text: string;
  html: string;
  urgent: boolean;
}

export interface MailTransport {
  /** Resolves when the server has taken the mail. */
  send(mail: Mail): Promise<void>;
  close(): void;
}
