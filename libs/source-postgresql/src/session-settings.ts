/**
 * Every text that a value turns into depends on these, so source, scratch and re-export pin the same.
 * row_security off makes a filtered read an error instead of fewer rows; synchronized scans would start a heap scan in the middle.
 */
export const pinnedSettings: ReadonlyArray<readonly [name: string, value: string, sinceVersion?: number]> = [
  ['search_path', ''],
  ['row_security', 'off'],
  ['client_encoding', 'UTF8'],
  ['datestyle', 'ISO, YMD'],
  ['intervalstyle', 'postgres'],
  ['timezone', 'UTC'],
  ['extra_float_digits', '3'],
  ['bytea_output', 'hex'],
  ['xmlbinary', 'base64'],
  ['xmloption', 'content'],
  ['lc_monetary', 'C'],
  ['standard_conforming_strings', 'on'],
  ['quote_all_identifiers', 'off'],
  ['array_nulls', 'on'],
  ['transform_null_equals', 'off'],
  ['synchronize_seqscans', 'off'],
  ['max_parallel_workers_per_gather', '0'],
  ['default_tablespace', ''],
  ['default_table_access_method', 'heap'],
  ['check_function_bodies', 'off'],
  ['client_min_messages', 'warning'],
  ['statement_timeout', '0'],
  ['lock_timeout', '0'],
  ['idle_in_transaction_session_timeout', '0'],
  ['idle_session_timeout', '0', 140000],
  ['transaction_timeout', '0', 170000],
];

export const oldestServerVersion = 120000;

/** One statement that pins them all for a server of that `server_version_num`. */
export const pinSettingsSql = (serverVersionNum: number): string =>
  pinnedSettings
    .filter(([, , since]) => since === undefined || serverVersionNum >= since)
    .map(([name, value]) => `SET ${name} = '${value}'`)
    .join('; ');
