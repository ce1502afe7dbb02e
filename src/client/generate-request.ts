import type { Json } from '../core/pointer.js';

/** What to draw, in words that all vendors share. What a vendor cannot do is an `UnsupportedError`, never a guess. */
export interface GenerateRequest {
  readonly prompt: string;
  /** The vendor's own word; where it is required and missing here, the first that the contract names. */
  readonly model?: string;
  /** Pixels such as `1024x1536`, or the vendor's own word such as `2:3`. */
  readonly size?: string;
  /** Number of images; 1 by default. */
  readonly count?: number;
  /** The vendor's own word. */
  readonly quality?: string;
  /** File format such as `png`, `jpeg` or `webp`. */
  readonly format?: string;
  readonly background?: 'transparent' | 'opaque' | 'auto';
  /** Addresses of pictures to start from; data URIs where the vendor takes them. */
  readonly references?: readonly string[];
  /** Fields of the vendor's body that have no name of their own here; they win over everything else. */
  readonly extra?: Readonly<Record<string, Json>>;
}
