// Where in a text the words stand that were searched for: its pieces, marked or not. Pure.
export interface Piece {
  text: string;
  marked: boolean;
}

/** Half-width and small, sign by sign, so that places stay the same. */
function folded(text: string): string {
  return Array.from(text, (sign) => {
    const plain = sign.normalize('NFKC').toLowerCase();
    return plain.length === sign.length ? plain : sign;
  }).join('');
}

/** Words are parted by spaces and signs, as the server parts them. */
function wordsOf(query: string): string[] {
  return folded(query).match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? [];
}

export function piecesOf(text: string, query: string): Piece[] {
  const plain = folded(text);
  const marked = new Array<boolean>(text.length).fill(false);
  for (const word of wordsOf(query)) {
    for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + 1))
      marked.fill(true, at, at + word.length);
  }
  const pieces: Piece[] = [];
  for (const [at, on] of marked.entries()) {
    const last = pieces[pieces.length - 1];
    if (last?.marked === on) last.text += text.charAt(at);
    else pieces.push({ text: text.charAt(at), marked: on });
  }
  return pieces;
}

/** Whether the words stand in a text that is shown anyway. */
export function isShownIn(text: string, query: string): boolean {
  return wordsOf(query).some((word) => folded(text).includes(word));
}
