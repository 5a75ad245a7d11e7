import { sealAggregates, type Blocker, type SealingService } from '@lastcopy/contracts';
import { sealKey } from './evidence-fold.js';
import type { FlowEvidence } from './flow-facts.js';

export const sealingServices = Object.keys(sealAggregates) as SealingService[];

/** The services whose seal of this gate has not arrived. Logs arrive without gaps: with a seal, all before it is here too. */
export const missingSeals = (evidence: Pick<FlowEvidence, 'seals'>, gateNo: number): SealingService[] =>
  sealingServices.filter((service) => !evidence.seals.has(sealKey(service, gateNo)));

const moved = (service: string, what: string): Blocker => ({
  code: 'EVIDENCE_MOVED',
  message: `${what}, although ${service} had sealed the flow.`,
  hint: 'Look at the readiness of the flow; proceed again when it is ready.',
});

/** Pure: what is known here is exactly what each service sealed, stream by stream, version and hash. */
export function sealBlockers(evidence: Pick<FlowEvidence, 'seals' | 'heads'>, gateNo: number): Blocker[] {
  return sealingServices.flatMap((service): Blocker[] => {
    const seal = evidence.seals.get(sealKey(service, gateNo));
    if (!seal) return [moved(service, `No seal of gate ${gateNo} is known`)];
    const sealed = new Map(seal.streams.map((stream) => [stream.stream_id, stream]));
    const different = [...sealed.values()].filter(({ stream_id, version, hash }) => {
      const head = evidence.heads.get(stream_id);
      return head?.version !== version || head.hash !== hash;
    });
    const unsealed = [...evidence.heads].filter(
      ([streamId, head]) => head.source === service && !sealed.has(streamId) && !/^[a-z]+_(seal|alert):/.test(streamId),
    );
    return [
      ...different.map(({ stream_id }) => moved(service, `${stream_id} is not as it was sealed`)),
      ...unsealed.map(([streamId]) => moved(service, `${streamId} appeared`)),
    ];
  });
}
