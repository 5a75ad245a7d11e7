import { envelopeHash } from '@lastcopy/eventing';
import { collecting } from '../invariant.js';

export const unbrokenChain = collecting(
  'unbroken-chain',
  'Positions have no gap and every event carries the hash of the one before it',
  () => {
    const last = new Map<string, { position: number; hash: string }>();
    return {
      observe(event, violate) {
        const before = last.get(event.source) ?? { position: 0, hash: '' };
        const place = `${event.source} position ${event.position}`;
        if (event.position !== before.position + 1) violate(`${place} follows position ${before.position}`);
        if (event.prev_hash !== before.hash) violate(`${place} does not carry the hash of the event before it`);
        if (envelopeHash(event) !== event.hash) violate(`${place} is not what was hashed: it was changed`);
        last.set(event.source, { position: event.position, hash: event.hash });
      },
    };
  },
);
