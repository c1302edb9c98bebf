import { proxyActivities } from '@temporalio/workflow';
import type { ProposalActivities } from '../activities/catalog/proposals.ts';
import type { HubReview, ReviewHubsInput } from '../contracts/catalog.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';

const { proposeHubs, activateProposal } = proxyActivities<ProposalActivities>({
  taskQueue: TASK_QUEUES.storage,
  startToCloseTimeout: '1m',
});
const { tryProposal } = proxyActivities<ProposalActivities>({
  taskQueue: TASK_QUEUES.scrape,
  startToCloseTimeout: '3m',
  heartbeatTimeout: '10s',
  retry: { maximumAttempts: 3 }, // the proposal stays one: an operator may look at it
});

/** Makes sources of the catalogues that a source's discovery found, as many as its quota allows, and tries them where it wants that. */
export async function reviewHubs(input: ReviewHubsInput): Promise<HubReview> {
  const { proposed, onTrial } = await proposeHubs(input);
  let activated = 0;
  for (const sourceId of onTrial) {
    if (!(await tryProposal({ sourceId }).catch(() => false))) continue;
    await activateProposal({ sourceId });
    activated += 1;
  }
  return { proposed, activated };
}
