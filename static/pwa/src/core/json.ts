// The values that travel: JSON, and a test for objects.
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A plain copy without Vue's proxies, fit for IndexedDB and for the wire. */
export function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null)) as Json;
}
