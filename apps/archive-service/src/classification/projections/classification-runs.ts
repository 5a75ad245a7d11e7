import type { ClassificationFact } from '@lastcopy/contracts';
import type { InlineProjection } from '@lastcopy/eventing';

/** One row a look that is to be taken; it goes with the event that ends the look. */
export const classificationRuns: InlineProjection = {
  name: 'classification_runs',
  async apply(tx, event) {
    const { suggestion_id } = event.data as ClassificationFact;
    if (event.type === 'ClassificationRequested') {
      await tx.query(
        `insert into classification_runs (suggestion_id, client_account_id, engagement_id, system_id, traceparent, requested_at)
         values ($1, $2, $3, $4, $5, clock_timestamp())`,
        [suggestion_id, event.client_account_id, event.engagement_id, event.aggregate_id, event.traceparent],
      );
    }
    if (event.type === 'ClassificationSuggested' || event.type === 'ClassificationFailed') {
      await tx.query('delete from classification_runs where suggestion_id = $1', [suggestion_id]);
    }
  },
};
