/** What the next answer is instead of the right one, whatever is asked. */
type AnyFault =
  | { readonly kind: 'rate-limited'; readonly retryAfterSeconds: number | null }
  | { readonly kind: 'status'; readonly status: number }
  /** The body ends in the middle. */
  | { readonly kind: 'truncated' }
  /** No answer until the client gives up. */
  | { readonly kind: 'silence' };

export type EmbeddingFault =
  | AnyFault
  /** One number too few in each vector. */
  | { readonly kind: 'wrong-dimensions' }
  /** One vector too few. */
  | { readonly kind: 'wrong-count' }
  | { readonly kind: 'zero-vector' };

export type ChatFault =
  | AnyFault
  /** JSON of another shape. */
  | { readonly kind: 'garbage' }
  | { readonly kind: 'no-choices' }
  /** Nothing but white space. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'too-long' }
  /** The model had no tokens left. */
  | { readonly kind: 'cut-off' };

/** Of the kinds that an address does not know it takes no notice. */
export type OpenAiFault = EmbeddingFault | ChatFault;
