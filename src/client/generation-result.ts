import type { ImageHeader } from './image-header.js';

/** One delivered image. */
export interface GeneratedImage {
  /** Where the vendor keeps it, for a limited time; absent where the answer held the image itself. */
  readonly url?: string;
  /** `png`, `jpeg` or `webp`, as far as request and answer tell. */
  readonly format?: string;
  /** Unix milliseconds after which the URL is gone, where the vendor tells. */
  readonly expiresAt?: number;
  /**
   * The image file, downloaded at each call (64 MiB at most), without the key: results live on other hosts.
   * Rejects with a `VendorRefusedError` (the URL answers with an error) or a `ContractBrokenError` (too large, no base64).
   */
  bytes(options?: { readonly signal?: AbortSignal }): Promise<Uint8Array>;
  /**
   * Format and pixels as the file itself tells them, which is not always what was asked for. Downloads it as `bytes` does,
   * and rejects with a `ContractBrokenError` for what is no PNG, JPEG or WebP file.
   */
  measure(options?: { readonly signal?: AbortSignal }): Promise<ImageHeader>;
}

/** What came of a task, in one shape for all vendors. */
export interface GenerationResult {
  readonly vendor: string;
  /** Absent where the vendor answers at once. */
  readonly taskId?: string;
  /** At least one: a success without an image is a `ContractBrokenError`. */
  readonly images: readonly [GeneratedImage, ...GeneratedImage[]];
  /** As the vendor tells it, in the vendor's own unit. */
  readonly cost?: { readonly amount: number; readonly unit?: string };
  readonly timings: {
    /** Unix milliseconds; after `resume` the moment of creation as the vendor tells it, else that of the call. */
    readonly submittedAt: number;
    /** Unix milliseconds at which the last answer was there. */
    readonly finishedAt: number;
    readonly polls: number;
  };
  /** The answers' bodies as parsed; `submit` is absent after `resume`, `final` where the submit was the whole task. */
  readonly raw: { readonly submit?: unknown; readonly final?: unknown };
}

/** A task that was accepted and is not waited for. */
export interface SubmittedTask {
  readonly vendor: string;
  readonly taskId: string;
  /** Unix milliseconds. */
  readonly submittedAt: number;
  /** The answer's body as parsed. */
  readonly raw: unknown;
}
