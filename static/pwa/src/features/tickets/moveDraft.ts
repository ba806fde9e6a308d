/** The name under which a phone keeps what was begun for a move, from whichever page. */
export function moveDraft(ticketId: string, verb: string): string {
  return `move:${ticketId}:${verb}`;
}
