/** How many letters have to be added, dropped or exchanged to make one word of another. */
export function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1)
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[other.length] ?? 0;
}

/** The few known words that look most like an unknown one; none where nothing does. */
export function nearMatches(word: string, known: readonly string[], most = 5): string[] {
  const wanted = word.toLowerCase();
  return known
    .map((candidate) => {
      const text = candidate.toLowerCase();
      const far = editDistance(wanted, text);
      // Half of a long name is near it, however much is missing.
      const [shorter, longer] = text.length < wanted.length ? [text, wanted] : [wanted, text];
      return { candidate, far: shorter.length > 4 && longer.includes(shorter) ? Math.min(far, 1.5) : far };
    })
    .filter(({ candidate, far }) => far <= Math.max(2, Math.ceil(Math.max(word.length, candidate.length) / 2.5)))
    .sort((one, other) => one.far - other.far || one.candidate.length - other.candidate.length)
    .slice(0, most)
    .map(({ candidate }) => candidate);
}
