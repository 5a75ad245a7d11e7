// Builds one workspace project: every TypeScript file under src/ to ESM under dist/. Types are checked apart (`npm run typecheck`).
import { rmSync } from 'node:fs';
import path from 'node:path';
import { swcDir } from '@swc/cli';

const root = path.resolve(import.meta.dirname, '..');
rmSync('dist', { recursive: true, force: true });
swcDir({
  cliOptions: {
    outDir: 'dist',
    filenames: ['src'],
    extensions: ['.ts'],
    stripLeadingPaths: true,
    quiet: true,
    sync: true,
    copyFiles: false,
    includeDotfiles: false,
    watch: false,
    logWatchCompilation: false,
    deleteDirOnStart: false,
    ignore: ['**/*.spec.ts', '**/*-spec.ts'],
    only: [],
  },
  swcOptions: { configFile: path.join(root, '.swcrc'), swcrc: false },
  callbacks: {
    onFail: ({ reasons }) => {
      for (const [file, reason] of reasons) console.error(`${file}: ${reason}`);
      process.exitCode = 1;
    },
  },
});
