import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** `LASTCOPY_GATEWAY` is the address of a running gateway, for `vite` in development. */
const gateway = process.env.LASTCOPY_GATEWAY ?? 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['@lastcopy/source', 'module', 'browser', 'development|production'] },
  build: { target: 'es2023', sourcemap: false, chunkSizeWarningLimit: 700, manifest: true },
  server: { proxy: { '/api': gateway, '/dev-issuer': gateway, '/dev': gateway } },
});
