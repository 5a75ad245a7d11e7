// The documents that a flow of the demo needs, as small PDF files: what people would attach.

const escape = (text) => text.replace(/[\\()]/g, '\\$&');

/** A PDF of one page with these lines. */
export function pdfOf(lines) {
  const text = lines.map((line) => `(${escape(line)}) Tj T*`).join(' ');
  const stream = `BT /F1 12 Tf 72 760 Td 18 TL ${text} ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>',
    `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let out = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = out.length;
    out += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const xref = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  return Buffer.from(`${out}${xref}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${out.length}\n%%EOF\n`, 'latin1');
}

/** Who attaches which document before deciding. */
export const documentsOf = {
  carl: [
    { kind: 'data_retention_policy', title: 'Data retention policy' },
    { kind: 'compliance_attestation', title: 'Compliance attestation' },
  ],
  lena: [{ kind: 'legal_destruction_approval', title: 'Legal approval of the destruction of the sources' }],
};

/** Attaches what this person answers for and what is not there yet; answers the titles of what was attached. */
export async function attachDocuments(api, person, flowId) {
  const standing = await api.get(`/decommission-flow/${flowId}/artifacts`);
  const attached = [];
  for (const { kind, title } of documentsOf[person] ?? []) {
    if (standing.some((artifact) => artifact.kind === kind && artifact.status === 'attached')) continue;
    const content = pdfOf([title, `Flow ${flowId}`, `Given by ${person}`]);
    await api.upload(
      `/decommission-flow/${flowId}/artifacts`,
      { kind, title },
      { filename: `${kind}.pdf`, type: 'application/pdf', content },
    );
    attached.push(title);
  }
  return attached;
}

/** Whether every document that the flow requires is there and held by the store. */
export async function documentsComplete(api, flowId) {
  const requirements = await api.get(`/decommission-flow/${flowId}/evidence-requirements`);
  const artifacts = await api.get(`/decommission-flow/${flowId}/artifacts`);
  const held = artifacts.every((artifact) => artifact.status === 'withdrawn' || artifact.retention_mode);
  return held && requirements.every((each) => !each.required || each.satisfied_by.length > 0);
}
