import type { ClassificationAnswer, ClassificationPlaces, SystemClassificationAnswer } from '@lastcopy/contracts';
import type { ClassificationRecord } from '../records/classification-record.js';
import type { SystemRecord } from '../records/system-record.js';

const isOutdated = ({ status, system_version }: ClassificationRecord, system: SystemRecord): boolean =>
  status === 'suggested' && system_version !== null && system.source_version > system_version;

function lookView(look: ClassificationRecord, system: SystemRecord, places: ClassificationPlaces): ClassificationAnswer {
  const named = places[look.suggestion_id] ?? {};
  const findings = look.findings.map((finding) => {
    const { container = null, element = null } = named[finding.place] ?? {};
    return { ...finding, container, element };
  });
  return { ...look, findings, outdated: isOutdated(look, system) };
}

/** The looks at a system's source, given the newest first. Without their names, places say only their number. */
export function classificationView(
  looks: readonly ClassificationRecord[],
  system: SystemRecord,
  places: ClassificationPlaces,
): SystemClassificationAnswer {
  const [latest = null, ...history] = looks.map((look) => lookView(look, system, places));
  return { latest, history };
}
