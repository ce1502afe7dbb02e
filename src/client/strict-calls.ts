import type { Client, FetchOptions, FetchResponse, ParseAs } from 'openapi-fetch';

type Method = 'get' | 'put' | 'post' | 'delete' | 'patch';

/** The paths of a contract that have a method. */
type PathsWith<Paths, Verb extends Method> = {
  [Path in keyof Paths]: Paths[Path] extends { readonly [Key in Verb]: object } ? Path : never;
}[keyof Paths];

type OperationOf<Paths, Path extends keyof Paths, Verb extends Method> = Paths[Path] extends {
  readonly [Key in Verb]: infer Operation extends object;
}
  ? Operation
  : never;

/** The second argument may be left out where nothing in it is required. */
type Init<Options> = Partial<Options> extends Options ? [init?: Options] : [init: Options];

/** An answer that is read as JSON is none of the other things that the operation may answer with, such as a stream. */
type MediaOf<As extends ParseAs> = As extends 'json' ? `${string}/${string}json` : `${string}/${string}`;

/** The library itself takes any further field, so a misspelt one would go unnoticed. */
type StrictCall<Paths, Verb extends Method> = <Path extends PathsWith<Paths, Verb>, As extends ParseAs = 'json'>(
  path: Path,
  ...init: Init<FetchOptions<OperationOf<Paths, Path, Verb>> & { parseAs?: As }>
) => Promise<FetchResponse<OperationOf<Paths, Path, Verb>, { parseAs: As }, MediaOf<As>>>;

/** The calls of a typed client by method and path; what the contract does not know does not compile. */
export type StrictClient<Paths extends object> = Omit<Client<Paths>, Uppercase<Method>> & {
  readonly [Verb in Method as Uppercase<Verb>]: StrictCall<Paths, Verb>;
};
