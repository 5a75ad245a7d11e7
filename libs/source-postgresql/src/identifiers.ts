/** Quoted always: a name that is a keyword, holds dots, quotes or capitals stays what it is. */
export const quoteIdentifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const quoteLiteral = (value: string): string => {
  const quoted = `'${value.replaceAll("'", "''")}'`;
  return value.includes('\\') ? `E${quoted.replaceAll('\\', '\\\\')}` : quoted;
};

export const qualifiedName = (relation: { schema: string; name: string }): string =>
  `${quoteIdentifier(relation.schema)}.${quoteIdentifier(relation.name)}`;
