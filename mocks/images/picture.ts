/** Everything that decides what a picture looks like: equal specs give equal bytes. */
export interface PictureSpec {
  readonly width: number;
  readonly height: number;
  readonly format: 'png' | 'jpeg' | 'webp';
  /** Asks for a transparent background; a JPEG cannot have one and stays opaque. */
  readonly alpha: boolean;
  readonly seed: string;
  /** The caption, one entry per paragraph: prompt, size, model, index. */
  readonly lines: readonly string[];
  /** Quality of a JPEG or WebP, 0 to 100; a PNG is lossless and ignores it. */
  readonly compression?: number;
}
