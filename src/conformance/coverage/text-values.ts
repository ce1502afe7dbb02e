import { resolve } from '../../contract/operations.js';
import { isNode, typeOf } from '../schema.js';

/** What a text in an address, a header or a web form stands for, by the type that the contract gives it. */
export function valueOfText(document: unknown, schema: string | undefined, text: string): unknown {
  const node = schema === undefined ? undefined : resolve(document, schema).value;
  const type = isNode(node) ? typeOf(node) : undefined;
  if ((type === 'integer' || type === 'number') && text.trim() !== '' && Number.isFinite(Number(text)))
    return Number(text);
  if (type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true';
  return text;
}
