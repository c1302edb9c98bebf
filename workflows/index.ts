export { crawlSource } from './crawl-source.ts';
export { indexCatalog } from './index-catalog.ts';
export { removeSource } from './remove-source.ts';
export { replaySource } from './replay-source.ts';
export { reviewHubs } from './review-hubs.ts';
export { saveSource } from './save-source.ts';
export { scheduledCrawl } from './scheduled-crawl.ts';
export { tryPage } from './try-page.ts';
