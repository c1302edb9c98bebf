/** What the next answer is instead of the right one. */
export type EmbeddingFault =
  | { readonly kind: 'rate-limited'; readonly retryAfterSeconds: number | null }
  | { readonly kind: 'status'; readonly status: number }
  /** The body ends in the middle. */
  | { readonly kind: 'truncated' }
  /** One number too few in each vector. */
  | { readonly kind: 'wrong-dimensions' }
  /** One vector too few. */
  | { readonly kind: 'wrong-count' }
  | { readonly kind: 'zero-vector' }
  /** No answer until the client gives up. */
  | { readonly kind: 'silence' };
