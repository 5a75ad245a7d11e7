import type { ApprovalRole, NoticeKind, NoticeUrgency } from '@lastcopy/contracts';

/** Something to be told, before anybody is told. */
export interface Notice {
  kind: NoticeKind;
  urgency: NoticeUrgency;
  /** One line. */
  subject: string;
  text: string;
  whatToDo: string;
  /** Path of what it is about. */
  link: string;
  roles: readonly string[];
  /** User ids. */
  people: readonly string[];
}

/** What an event does not say by itself: names, and whom it concerns. */
export interface NoticeFacts {
  flow: { name: string; initiator: string } | null;
  /** The request of the approval that the event is about, and who may decide in the role's place. */
  approval: { role: ApprovalRole; scope: string; requestedBy: string; dueAt: string | null; delegate: string | null } | null;
  systemName: string | null;
  /** Whether a failed job is tried again by itself. */
  retryComes: boolean;
  /** What people still owe a flow whose archives are all there. */
  missingDocuments: { kind: string; title: string; attachedBy: readonly string[]; howToGet: string }[];
  /** What the lack comes from: the archives as they are, or the document that was withdrawn. Told once each. */
  missingBecause: readonly string[];
}

const roleWords: Record<ApprovalRole, string> = { data_owner: 'data owner', compliance: 'compliance', legal: 'legal' };
export const roleInWords = (role: ApprovalRole): string => roleWords[role];

/** `"Name"`, without what would break a line or a header. */
export const quoted = (name: string): string => `"${oneLine(name)}"`;

export const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim()
    .slice(0, 200);

export const dayOf = (instant: string | null): string => (instant ? `${instant.slice(0, 16).replace('T', ' ')} UTC` : 'no date');
