import type { GenerateRequest } from './generate-request.js';

/** The bodies of every operation that takes a prompt, of any content type, from the `paths` of a contract. */
export type GenerationBody<Paths> = {
  [Path in keyof Paths]: Paths[Path] extends { post: { requestBody?: { content: infer Content } } }
    ? Extract<Content[keyof Content], { prompt: unknown }>
    : never;
}[keyof Paths];

/** A value as it stands in `extra`: a file is named by its URL there, and sent as a file. */
type ExtraValue<Value> = Value extends Blob
  ? string
  : Value extends readonly (infer Item)[]
    ? ExtraValue<Item>[]
    : Value;

/** Every field of a body, each optional; a union of bodies stays one. */
type ExtraFields<Body> = Body extends unknown ? { readonly [Key in keyof Body]?: ExtraValue<Body[Key]> } : never;

/** The values of a field, or the fallback where no body calls a field so. */
type FieldOf<Body, Key extends PropertyKey, Fallback> = [Values<Body, Key>] extends [never]
  ? Fallback
  : Values<Body, Key>;
type Values<Body, Key extends PropertyKey> = Body extends unknown
  ? Key extends keyof Body
    ? Exclude<Body[Key], undefined>
    : never
  : never;

/** A `GenerateRequest` for one vendor: its models and qualities, and its own fields in `extra`, typed by its contract. */
export interface TypedRequest<Body> extends Omit<GenerateRequest, 'model' | 'quality' | 'extra'> {
  /** One of the vendor's; where it is required and missing here, the first that the contract names. */
  readonly model?: FieldOf<Body, 'model', string>;
  /** One of the vendor's. */
  readonly quality?: FieldOf<Body, 'quality', string>;
  /** Fields of the vendor's body that have no name of their own here; they win over everything else. */
  readonly extra?: ExtraFields<Body>;
}
