// Makes the workflow bundle and keeps it; run by a worker that finds none, and when an image is built.
import { keepBundle } from './workflow-bundle.ts';

await keepBundle();
