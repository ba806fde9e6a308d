// How the app is built: one page under /app/, and its service worker (build/worker.ts).
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';
import { serviceWorker } from './build/worker.ts';

const SERVER = process.env.HONGLIN_SERVER ?? 'http://127.0.0.1:8000';

export default defineConfig({
  base: '/app/',
  plugins: [vue(), serviceWorker()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  build: { target: ['chrome90', 'safari15.4', 'firefox90'], manifest: true, assetsInlineLimit: 0 },
  // The host stays ours: the server takes writes from its own pages only.
  server: { proxy: { '/api': { target: SERVER, changeOrigin: false } } },
});
