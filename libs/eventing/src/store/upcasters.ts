import { eventCatalogue, isEventType, type EventEnvelope } from '@lastcopy/contracts';
import { CodedError } from '@lastcopy/kernel';

/** Turns the data of one schema version into that of the next. Pure. */
export type Upcast = (data: object) => object;

/** Brings stored events to today's schema when they are read; what is stored never changes. */
export class Upcasters {
  private readonly steps = new Map<string, Upcast>();

  /** `upcast` leads from `schemaVersion` to `schemaVersion + 1` of `type`. */
  register(type: string, schemaVersion: number, upcast: Upcast): this {
    this.steps.set(`${type}.v${schemaVersion}`, upcast);
    return this;
  }

  /** Data in the newest schema known here. Throws EVENT_MALFORMED when a step is missing or the event is newer than this software. */
  upcast(type: string, schemaVersion: number, data: object): { schema_version: number; data: object } {
    const newest = isEventType(type) ? eventCatalogue[type].schemaVersion : schemaVersion;
    if (schemaVersion > newest) {
      throw new CodedError(
        'EVENT_MALFORMED',
        `${type} has schema version ${schemaVersion}; this software knows ${newest}. Update it first.`,
      );
    }
    let current = data;
    for (let version = schemaVersion; version < newest; version += 1) {
      const step = this.steps.get(`${type}.v${version}`);
      if (!step) throw new CodedError('EVENT_MALFORMED', `${type} has schema version ${version}, and no upcast leads on from it`);
      current = step(current);
    }
    return { schema_version: newest, data: current };
  }

  apply<E extends EventEnvelope>(event: E): E {
    return { ...event, ...this.upcast(event.type, event.schema_version, event.data) };
  }
}
