import type { TokenUsage } from '../core/task.js';
import type { GenerateRequest } from './generate-request.js';

/** A request for a stream: previews first, where the vendor makes some. */
export interface StreamExtras {
  /** Number of previews; the vendor's default, often 0, where nothing is said. */
  readonly partialImages?: number;
}

export type StreamRequest<Request = GenerateRequest> = Request & StreamExtras;

export interface StreamOptions {
  /** Ends the stream: the iterator rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Milliseconds until the whole stream must have ended; 10 minutes by default. */
  readonly timeoutMs?: number;
  /** Milliseconds of silence that are taken for a stall, also before the answer begins; 2 minutes by default. */
  readonly stallMs?: number;
}

interface ImageEvent {
  /** The image file. */
  readonly bytes: Uint8Array;
  /** `png`, `jpeg` or `webp`, as far as request and event tell. */
  readonly format?: string;
  /** Unix milliseconds, where the vendor tells. */
  readonly createdAt?: number;
  /** The event's data as parsed. */
  readonly raw: unknown;
}

/** A preview. */
export interface PartialImageEvent extends ImageEvent {
  readonly type: 'partial';
  /** Number of the preview as the vendor counts, else counted from 0. */
  readonly index: number;
}

/** A finished image. */
export interface CompletedImageEvent extends ImageEvent {
  readonly type: 'completed';
  /** Number of the image, counted from 0; there are as many as the request's `count`. */
  readonly index: number;
  /** Token counts, where the vendor tells. */
  readonly usage?: Partial<TokenUsage>;
  /** As the vendor tells it, in the vendor's own unit. */
  readonly cost?: { readonly amount: number; readonly unit?: string };
}

/** What a stream brings; `type` tells the two apart. */
export type StreamEvent = PartialImageEvent | CompletedImageEvent;
