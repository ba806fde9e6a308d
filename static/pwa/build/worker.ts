// Builds dist/sw.js after the app, and hands it the list of files that must open without a network.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

interface Precached {
  url: string;
  revision: string | null;
}

const source = fileURLToPath(new URL('../src', import.meta.url));

/** Office pages and their pieces are cached when first opened, not beforehand. */
function isOfficeOnly(name: string): boolean {
  return /^(Office|office-)/.test(name);
}

function revisionOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex').slice(0, 16);
}

function precacheList(outDir: string): Precached[] {
  const hashed = readdirSync(join(outDir, 'assets'))
    .filter((name) => /\.(js|css|woff2)$/.test(name) && !isOfficeOnly(name))
    .map((name) => ({ url: `/app/assets/${name}`, revision: null }));
  const plain = ['index.html', 'manifest.webmanifest', 'icons/icon.svg', 'icons/icon-192.png'].map(
    (name) => ({ url: `/app/${name}`, revision: revisionOf(join(outDir, name)) }),
  );
  return [...plain, ...hashed];
}

export function serviceWorker(): Plugin {
  let outDir = 'dist';
  return {
    name: 'honglin-service-worker',
    apply: 'build',
    configResolved(config) {
      outDir = config.build.outDir;
    },
    async closeBundle() {
      await build({
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        resolve: { alias: { '@': source } },
        define: {
          __PRECACHE__: JSON.stringify(precacheList(outDir)),
          'process.env.NODE_ENV': '"production"',
        },
        build: {
          outDir,
          emptyOutDir: false,
          rolldownOptions: {
            input: join(source, 'sw.ts'),
            output: { entryFileNames: 'sw.js', format: 'iife', codeSplitting: false },
          },
        },
      });
    },
  };
}
