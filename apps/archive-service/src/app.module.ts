import type { ModuleMetadata } from '@nestjs/common';
import { sealController } from '@lastcopy/platform';
import { ArchiveJobController } from './archive-job/commands/archive-job.controller.js';
import { ARCHIVE_PARTS, type ArchiveParts } from './archive-parts.js';
import { ClassificationController } from './classification/commands/classification.controller.js';
import { SystemController } from './system/commands/system.controller.js';

export const archiveModule = (parts: ArchiveParts): ModuleMetadata => ({
  controllers: [SystemController, ClassificationController, ArchiveJobController, sealController('archive-service')],
  providers: [{ provide: ARCHIVE_PARTS, useValue: parts }],
});
