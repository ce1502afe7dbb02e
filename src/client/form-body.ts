type Part = string | Blob;

function toPart(value: unknown): Part {
  if (value instanceof Blob || typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function append(form: FormData, name: string, value: unknown): void {
  const part = toPart(value);
  if (part instanceof Blob && !(part instanceof File)) form.append(name, part, name.replace('[]', ''));
  else form.append(name, part as string);
}

/**
 * A body as multipart parts. A list of several values becomes repeated `name[]` parts, a list of one becomes `name`;
 * null and undefined are left out, objects are written as JSON.
 */
export function toFormData(body: Readonly<Record<string, unknown>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(body)) {
    if (value === undefined || value === null) continue;
    if (!Array.isArray(value)) append(form, name, value);
    else for (const item of value) append(form, value.length > 1 ? `${name}[]` : name, item);
  }
  return form;
}

/** Whether a body must travel as multipart: nothing else is documented, or it holds a file and multipart is. */
export function isMultipart(contentTypes: readonly string[], body: unknown): boolean {
  if (!contentTypes.includes('multipart/form-data')) return false;
  if (contentTypes.length === 1) return true;
  const values = body !== null && typeof body === 'object' ? Object.values(body).flat() : [];
  return values.some((value) => value instanceof Blob);
}
