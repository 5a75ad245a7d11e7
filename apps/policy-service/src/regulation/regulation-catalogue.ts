/** Changes with every change of an entry: an answer says which edition it rests on. */
export const regulationCatalogueVersion = '2026-11-22';

/** One thing that a law or a standard says about how long data is kept. */
export interface RegulationRule {
  readonly requirement: string;
  readonly kind: 'minimum' | 'maximum';
  /** ISO 8601 duration; null where the text sets its limit in words. */
  readonly duration: string | null;
  readonly clause: string;
  /** What the text says, close to its own words. */
  readonly says: string;
  /** The records that the text is about. */
  readonly concerns: readonly string[];
  /** Whether the number stands in the text, or is what people commonly do. Null when there is no number. */
  readonly number_source: 'text' | 'practice' | null;
  /** What a number does not say: whom it binds, and where it is stretched. */
  readonly note: string;
  /** Of a maximum: whether its own text gives way to whatever a law requires, so that no minimum conflicts with it. */
  readonly yields_to_law: boolean;
  /** Of a minimum: whether it is held against the system's data as a whole, and not only against a log or a register of its own. */
  readonly whole_system: boolean;
}

const personal = ['PII', 'PHI', 'User Data', 'Financial', 'Application Logs', 'Security Logs'] as const;

/** What the product knows of retention law. It is no legal advice: a person with the role decides, and each entry can be looked up. */
export const regulationCatalogue: readonly RegulationRule[] = [
  {
    requirement: 'GDPR',
    kind: 'maximum',
    duration: null,
    clause: 'Regulation (EU) 2016/679, Article 5(1)(e)',
    says: 'Personal data is kept in a form which permits identification for no longer than is necessary for the purposes of the processing.',
    concerns: personal,
    number_source: null,
    note:
      'The text names no number. Periods such as three years after the last contact with a customer are practice (guidance of single ' +
      'authorities); the controller sets the limit and must be able to explain it (recital 39).',
    yields_to_law: false,
    whole_system: true,
  },
  {
    requirement: 'GDPR',
    kind: 'maximum',
    duration: null,
    clause: 'Regulation (EU) 2016/679, Article 17(1)(a) and 17(3)(b)',
    says: 'Personal data that its purpose no longer needs is erased on request, except where Union or Member State law obliges to keep it.',
    concerns: personal,
    number_source: null,
    note:
      'The exception is for obligations under the law of the Union or of a Member State: an obligation under the law of the United ' +
      'States (SOX, HIPAA) is not one by itself. An archive under retention lock cannot erase single records.',
    // Says of erasure what Article 5(1)(e) says of storage: the conflict is reported once, there.
    yields_to_law: true,
    whole_system: true,
  },
  {
    requirement: 'SOX',
    kind: 'minimum',
    duration: 'P7Y',
    clause: 'Sarbanes-Oxley Act s. 802, 17 CFR 210.2-06(a)',
    says: 'The accountant retains records relevant to the audit or review for seven years after it is concluded.',
    concerns: ['Financial', 'Financial Records', 'Audit Trails'],
    number_source: 'text',
    note:
      'Seven years stand in the rule of the SEC; the statute (18 U.S.C. 1520(a)(1)) says five years for work papers. Both bind the ' +
      'accountant who audits. That the audited company keeps its own financial records as long is practice. The years begin when the ' +
      'audit is concluded; Lastcopy counts from the archive, so add what is still missing to the policy if the last audit comes later.',
    yields_to_law: false,
    whole_system: true,
  },
  {
    requirement: 'HIPAA',
    kind: 'minimum',
    duration: 'P6Y',
    clause: '45 CFR 164.316(b)(2)(i)',
    says: 'The required documentation is retained for six years from its creation or from the date when it last was in effect, whichever is later.',
    concerns: ['PHI', 'Compliance Data', 'Audit Trails'],
    number_source: 'text',
    note:
      'Six years stand in the text for policies, procedures and records of required actions. How long medical records themselves are kept ' +
      'is the law of each state; that six years do for them is practice.',
    yields_to_law: false,
    whole_system: true,
  },
  {
    requirement: 'CCPA',
    kind: 'minimum',
    duration: 'P24M',
    clause: 'California Code of Regulations, title 11, s. 7101(a)',
    says: 'Records of consumer requests, and of how the business answered them, are maintained for at least 24 months.',
    concerns: ['User Data', 'Application Logs'],
    number_source: 'text',
    note: 'Only records of requests. For the personal information itself the law has no minimum.',
    yields_to_law: false,
    whole_system: false,
  },
  {
    requirement: 'CCPA',
    kind: 'maximum',
    duration: null,
    clause: 'California Civil Code s. 1798.100(a)(3) and 1798.145(a)',
    says: 'Personal information is retained for no longer than is reasonably necessary for each disclosed purpose.',
    concerns: ['PII', 'User Data'],
    number_source: null,
    note: 'The text names no number, and it does not restrict a business in complying with federal, state or local laws.',
    yields_to_law: true,
    whole_system: true,
  },
  {
    requirement: 'PCI-DSS',
    kind: 'minimum',
    duration: 'P12M',
    clause: 'PCI DSS v4.0, requirement 10.5.1',
    says: 'Audit log history is retained for at least 12 months, the most recent three of them immediately available for analysis.',
    concerns: ['Security Logs', 'System Events', 'Audit Trails'],
    number_source: 'text',
    note: 'A standard of the payment industry, binding by contract; it concerns audit logs alone.',
    yields_to_law: false,
    whole_system: false,
  },
  {
    requirement: 'PCI-DSS',
    kind: 'maximum',
    duration: null,
    clause: 'PCI DSS v4.0, requirement 3.2.1',
    says: 'Storage of account data is kept to what legal, regulatory or business requirements need, and what exceeds it is deleted.',
    concerns: ['Financial', 'PII'],
    number_source: null,
    note: 'The text names no number; it makes room for what a law requires. Sensitive authentication data is never kept after authorisation.',
    yields_to_law: true,
    whole_system: true,
  },
];
