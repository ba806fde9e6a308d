// The values that travel: JSON, a test for objects, and the photos that a value cites.
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A plain copy without Vue's proxies, fit for IndexedDB and for the wire. */
export function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null)) as Json;
}

/** The photos that a value cites: each is named by its SHA-256. */
export function hashesIn(value: Json): string[] {
  return [...new Set(JSON.stringify(value).match(/\b[0-9a-f]{64}\b/g) ?? [])];
}
