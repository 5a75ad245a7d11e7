const beginsFormula = /^\s*[=+\-@＝＋－＠]|^[\t\r\n]/;

/** A spreadsheet takes such a text for the beginning of a formula: it is kept from doing so by an apostrophe. */
export const harmlessCell = (text: string): string => (beginsFormula.test(text) ? `'${text}` : text);
