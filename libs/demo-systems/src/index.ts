export { createBillingDatabase } from './billing-database.js';
export { createCrmDatabase } from './crm-database.js';
export type { DemoOptions } from './demo-database.js';
export { createFileShare } from './file-share.js';
export { SeededRandom } from './seeded-random.js';
