/** What the law or a standard says about how long data must be kept. */
export interface Regulation {
  readonly requirement: string;
  /** ISO 8601 duration, where the text has one. */
  readonly minimum: string | null;
  readonly clause: string;
  /** Says when a number is not in the text, or whom it concerns. */
  readonly note: string;
}

export const regulations: readonly Regulation[] = [
  {
    requirement: 'GDPR',
    minimum: null,
    clause: 'Regulation (EU) 2016/679, Article 5(1)(e)',
    note: 'No minimum. Personal data is kept no longer than its purpose needs; the text names no number.',
  },
  {
    requirement: 'SOX',
    minimum: 'P7Y',
    clause: 'Sarbanes-Oxley Act s. 802, 17 CFR 210.2-06(a)',
    note: 'Seven years for records relevant to an audit or review of financial statements.',
  },
  {
    requirement: 'HIPAA',
    minimum: 'P6Y',
    clause: '45 CFR 164.316(b)(2)(i)',
    note: 'Six years for required documentation; how long medical records are kept is state law.',
  },
  {
    requirement: 'CCPA',
    minimum: 'P24M',
    clause: 'California Code of Regulations, title 11, s. 7101(a)',
    note: 'Twenty-four months for records of consumer requests.',
  },
  {
    requirement: 'PCI-DSS',
    minimum: 'P12M',
    clause: 'PCI DSS v4.0, requirement 10.5.1',
    note: 'Twelve months of audit log history, three of them at hand.',
  },
];
