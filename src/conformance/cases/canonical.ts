/** One text for all JSON values that are equal: members in the order of their names. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    member !== null && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  );
}

/** The items without those whose value has been there before. */
export function distinct<T>(items: readonly T[], keyOf: (item: T) => unknown): T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const text = canonical(keyOf(item));
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}
