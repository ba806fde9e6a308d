// How the residents' page is built: a small page of its own for /d/… and /f/…, for older browsers too
// (the one inside WeChat), without a service worker and without anything of the app around it.
import { fileURLToPath } from 'node:url';
import vue from '@vitejs/plugin-vue';
import { defineConfig } from 'vite';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('./door'),
  base: '/app/door/',
  publicDir: false,
  plugins: [vue()],
  resolve: { alias: { '@': here('./src') } },
  build: {
    outDir: here('./dist/door'),
    emptyOutDir: true,
    target: ['chrome80', 'safari14', 'firefox78'],
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: false,
  },
});
