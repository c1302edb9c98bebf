// Environment of a worker process. V8 and malloc keep memory for speed that a worker has no use for: measured with
// `npm run bench -- crawl`, 700 MB become 350 MB at the same pages per second.
export const WORKER_ENV = {
  NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --max-semi-space-size=4 --max-old-space-size=512`.trim(),
  MALLOC_ARENA_MAX: '2',
  // glibc's own default, but fixed: it would grow with the largest block freed, and 2,000 cached workflows took 690 MB instead of 520.
  MALLOC_TRIM_THRESHOLD_: '131072',
};
