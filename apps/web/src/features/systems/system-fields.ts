import type { Registration, System } from './queries.js';

/** A system as a form holds it: every field is there, empty when it says nothing. */
export interface SystemFields {
  system_name: string;
  kind: 'postgresql' | 'directory';
  host: string;
  port: number | string;
  database: string;
  user: string;
  secret_ref: string;
  tls: string;
  path: string;
  allow_empty: boolean;
  data_classification: string[];
  compliance_requirements: string[];
  retirement_reason: string;
  /** Of a change. */
  reason: string;
}

export const emptyForm: SystemFields = {
  ...{ system_name: '', kind: 'postgresql', host: '', port: 5432, database: '', user: '', secret_ref: '', tls: '', path: '' },
  ...{ allow_empty: false, data_classification: [], compliance_requirements: [], retirement_reason: '', reason: '' },
};

export function formOf({ system_name, source, data_classification, compliance_requirements, retirement_reason }: System): SystemFields {
  const { kind, host, port, database, user, secret_ref, tls, path, allow_empty } = source;
  return {
    ...emptyForm,
    ...{ system_name, kind, data_classification, compliance_requirements },
    ...{ host: host ?? '', port: port ?? 5432, database: database ?? '', user: user ?? '', secret_ref: secret_ref ?? '', tls: tls ?? '' },
    ...{ path: path ?? '', allow_empty: allow_empty ?? false, retirement_reason: retirement_reason ?? '' },
  };
}

/** What is sent: only the fields that the kind of source has. */
export function registrationOf(fields: SystemFields): Registration {
  const { host, port, database, user, secret_ref, tls, path, allow_empty, retirement_reason } = fields;
  const inDatabase = { host: host.trim(), port: Number(port), database, user, secret_ref, ...(tls ? { tls: tls as 'require' } : {}) };
  return {
    system_name: fields.system_name.trim(),
    source: { kind: fields.kind, ...(fields.kind === 'postgresql' ? inDatabase : { path }), ...(allow_empty ? { allow_empty } : {}) },
    data_classification: fields.data_classification,
    compliance_requirements: fields.compliance_requirements as Registration['compliance_requirements'],
    ...(retirement_reason ? { retirement_reason } : {}),
  };
}
