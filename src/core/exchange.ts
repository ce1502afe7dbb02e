/** One request and its answer, as recorded. Keys never stand in it: the recorder writes `<key>` in their place. */
export interface RecordedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Text bodies up to 64 KiB. */
  readonly body?: string;
}

export interface RecordedAnswer {
  readonly status: number;
  /** Lower-case names; repeated headers joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** Text bodies up to 64 KiB; longer or binary bodies are described by `bytes`, `sha256` and `image`. */
  readonly body?: string;
  readonly bytes: number;
  readonly sha256?: string;
  readonly image?: ImageFacts;
  /** The answer ended before its announced length, or went past the byte cap. */
  readonly truncated?: boolean;
}

/** What an image file says of itself. */
export interface ImageFacts {
  readonly format: 'png' | 'jpeg' | 'webp' | 'gif';
  readonly width: number;
  readonly height: number;
  /** Whether pixels can be transparent; for PNG and WebP, whether one really is when `transparentPixel` is known. */
  readonly alphaChannel: boolean;
  readonly transparentPixel?: boolean;
  /** The file ends where its format says it ends. */
  readonly complete: boolean;
}

/** Why a request was sent, stated before its answer was known. */
export interface RecordedPurpose {
  /** What kind of request it is: `valid`, `poll`, `broken-constraint`, … */
  readonly case: string;
  /** In words that complete "a request …". */
  readonly what: string;
  /** Facts that an answer of the wrong sort would break. */
  readonly facts: readonly string[];
  /** JSON pointer into the request body that matters. */
  readonly pointer?: string;
  /** A command that draws a random request again. */
  readonly again?: string;
  /** The kinds of error that are a right answer; absent where the request is legal. */
  readonly refusal?: readonly string[];
}

export interface Exchange {
  /** `x1`, `x2`, … in the order of sending. */
  readonly id: string;
  /** The probe that sent it. */
  readonly probe: string;
  /** operationId of the contract; absent for result downloads and unknown paths. */
  readonly operation?: string;
  /** Absent in traffic of others. */
  readonly purpose?: RecordedPurpose;
  /** Whose key the request carried: `key`, `other`, `poor`, `none`, … */
  readonly credential?: string;
  readonly request: RecordedRequest;
  /** Absent when no answer came. */
  readonly answer?: RecordedAnswer;
  readonly failure?: string;
  /** Unix milliseconds. */
  readonly startedAt: number;
  /** Unix milliseconds. */
  readonly finishedAt: number;
}
