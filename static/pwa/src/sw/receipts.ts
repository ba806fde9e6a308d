// Tells the server that a push was shown or opened. Without a network it is kept, and said with the
// next one: the cache is the only store that needs no page to be open.
const KEPT = 'honglin-receipts';
const MOST_KEPT = 50;

export type Sign = 'shown' | 'opened';

async function told(address: string, sign: string): Promise<boolean> {
  try {
    const answer = await fetch(address, {
      method: 'POST',
      credentials: 'omit', // the slip is the key
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ sign }),
    });
    return answer.status < 500; // what is refused once is refused for ever
  } catch {
    return false;
  }
}

/** Says what was kept before; it stays kept where there is still no network. */
export async function sayKept(): Promise<void> {
  const cache = await caches.open(KEPT);
  for (const request of await cache.keys()) {
    const address = new URL(request.url);
    if (!(await told(address.pathname, address.searchParams.get('sign') ?? ''))) return;
    await cache.delete(request);
  }
}

export async function say(slip: string, sign: Sign): Promise<void> {
  const address = `/api/v1/push/receipts/${encodeURIComponent(slip)}`;
  if (await told(address, sign)) {
    await sayKept();
    return;
  }
  const cache = await caches.open(KEPT);
  if ((await cache.keys()).length < MOST_KEPT) {
    await cache.put(`${address}?sign=${sign}`, new Response());
  }
}
