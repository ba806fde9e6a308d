// Fails the build when the JavaScript needed before the first screen passes its budget.
import { readFileSync, existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGETS = [
  { name: 'first screen', figure: 'pwa.first_js_gzip', at: '../dist/', kb: 130 },
  { name: "residents' page", figure: 'door.js_gzip', at: '../dist/door/', kb: 60 },
];

function collect(manifest, key, files) {
  const chunk = manifest[key];
  if (!chunk || files.has(chunk.file)) return files;
  files.add(chunk.file);
  for (const imported of chunk.imports ?? []) collect(manifest, imported, files);
  return files;
}

function weigh(at) {
  const dist = new URL(at, import.meta.url);
  const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));
  if (!manifest['index.html']) throw new Error(`size: ${at} has no page`);
  let total = 0;
  for (const file of collect(manifest, 'index.html', new Set())) {
    const path = new URL(file, dist);
    if (!existsSync(path)) throw new Error(`size: ${file} is missing`);
    total += gzipSync(readFileSync(path)).length;
  }
  return Math.round(total / 102.4) / 10;
}

for (const { name, figure, at, kb } of BUDGETS) {
  const value = weigh(at);
  console.log(`${name}: ${value} KB of JavaScript (gzip), budget ${kb} KB`);
  console.log(JSON.stringify({ figure, value, unit: 'KB' }));
  if (value > kb) process.exitCode = 1;
}
