/** Environment of a worker process. */
export declare const WORKER_ENV: Readonly<
  Record<'NODE_OPTIONS' | 'MALLOC_ARENA_MAX' | 'MALLOC_TRIM_THRESHOLD_', string>
>;
