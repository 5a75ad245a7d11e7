import { runMain } from '@lastcopy/platform';
import { bootstrap } from './bootstrap.js';

await runMain(bootstrap, process.env);
