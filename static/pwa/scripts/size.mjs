// Fails the build when the JavaScript needed before the first screen passes its budget.
import { readFileSync, existsSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET_KB = 130;
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

function collect(key, files) {
  const chunk = manifest[key];
  if (!chunk || files.has(chunk.file)) return files;
  files.add(chunk.file);
  for (const imported of chunk.imports ?? []) collect(imported, files);
  return files;
}

const files = new Set();
for (const key of ['index.html']) {
  if (!manifest[key]) throw new Error(`size: ${key} is not in the build`);
  collect(key, files);
}
let total = 0;
for (const file of files) {
  const path = new URL(file, dist);
  if (!existsSync(path)) throw new Error(`size: ${file} is missing`);
  total += gzipSync(readFileSync(path)).length;
}
const kb = Math.round(total / 102.4) / 10;
console.log(`first screen: ${kb} KB of JavaScript (gzip), budget ${BUDGET_KB} KB`);
console.log(JSON.stringify({ figure: 'pwa.first_js_gzip', value: kb, unit: 'KB' }));
if (kb > BUDGET_KB) process.exit(1);
