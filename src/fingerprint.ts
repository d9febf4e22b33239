/** A short stand-in for a text, to tell it from others without keeping it (FNV-1a, and the length). */
export function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return `${text.length}:${hash}`;
}
