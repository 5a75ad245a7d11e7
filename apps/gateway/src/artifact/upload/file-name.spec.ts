import fc from 'fast-check';
import { contentDisposition, safeFileName } from './file-name.js';

it.each([
  ['report.pdf', 'report.pdf'],
  ['Prüfbericht 2026.pdf', 'Prüfbericht 2026.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\x\\policy.docx', 'policy.docx'],
  ['a\u0000b.pdf', 'ab.pdf'],
  ['line\r\nSet-Cookie: x.pdf', 'lineSet-Cookie_ x.pdf'],
  // Shown from right to left it would read "invoicefdp.exe" the other way round.
  ['invoice\u202Efdp.exe', 'invoicefdp.exe'],
  ['zero\u200Bwidth.txt', 'zerowidth.txt'],
  ['a<b>:"|?*%;.csv', 'a_b________.csv'],
  ['  many   spaces .txt. ', 'many spaces .txt'],
  ['.htaccess', 'htaccess'],
  ['', 'document'],
  ['..', 'document'],
  ['///', 'document'],
  ['CON', 'document-CON'],
  ['nul.txt', 'document-nul.txt'],
  ['e\u0301.txt', '\u00e9.txt'],
])('takes %j as %j', (name, safe) => {
  expect(safeFileName(name)).toBe(safe);
});

it('keeps the ending of a name that is too long, and cuts between characters', () => {
  const long = safeFileName(`${'é😀'.repeat(200)}.pdf`);
  expect([...long]).toHaveLength(200);
  expect(long.endsWith('.pdf')).toBe(true);
  expect(long.isWellFormed()).toBe(true);
});

it('answers for any name one that is safe, and that stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => {
      const safe = safeFileName(name);
      expect(safe).not.toMatch(/[\\/<>:"|?*%;\p{C}\p{Zl}\p{Zp}]/u);
      expect(safe).not.toMatch(/^[. ]|[. ]$|^$/);
      expect([...safe].length).toBeLessThanOrEqual(200);
      expect(safeFileName(safe)).toBe(safe);
    }),
  );
});

it('is an attachment in every header, whatever it is called', () => {
  expect(contentDisposition(`Rétention (x)'.pdf`)).toBe(
    `attachment; filename="R_tention (x)'.pdf"; filename*=UTF-8''R%C3%A9tention%20%28x%29%27.pdf`,
  );
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (name) => {
      expect(contentDisposition(safeFileName(name))).toMatch(/^attachment; filename="[^"\\\r\n]+"; filename\*=UTF-8''[\w.!~%$&+#^`|{}-]+$/);
    }),
  );
});
