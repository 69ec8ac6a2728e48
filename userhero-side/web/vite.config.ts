import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const service = 'http://localhost:3000';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react()],
  // The workspace root has Forge's React 18; TanStack Query and Mantine's parts must share the pages' React 19.
  resolve: { dedupe: ['react', 'react-dom'] },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    // Inlined files become data: URLs, which the service's content security policy refuses.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_100,
  },
  server: { proxy: { '/api': service, '/oauth': service } },
});
