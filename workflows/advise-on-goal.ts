import { isCancellation, proxyActivities, setHandler, uuid4 } from '@temporalio/workflow';
import type { AdviceActivities } from '../activities/agenda/advice.ts';
import { tellAdviceSignal, type AdviceInput } from '../contracts/advice.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import type { Advice } from '../domain/agenda/goals/advice.ts';

const { askModel } = proxyActivities<AdviceActivities>({
  taskQueue: TASK_QUEUES.llm,
  // Nobody may serve this queue, or many may wait in it.
  scheduleToStartTimeout: '10s',
  startToCloseTimeout: '20s',
  // Somebody waits: what the model does not say by then, the rules do. A longer wait that it asks for ends it at once.
  scheduleToCloseTimeout: '40s',
  retry: { maximumAttempts: 3 },
});
const { keepAdvice, tellAdvice } = proxyActivities<AdviceActivities>({
  taskQueue: TASK_QUEUES.storage,
  startToCloseTimeout: '30s',
  retry: { maximumInterval: '10s' },
});

/** Advice on a goal: from a model, or by rules where it has nothing to say. Whoever asks meanwhile gets the same. */
export async function adviseOnGoal(input: AdviceInput): Promise<Advice> {
  const asked: string[] = [];
  setHandler(tellAdviceSignal, (requestId) => void asked.push(requestId));
  const said = await modelSays(input);
  const advice = await keepAdvice({ ...input, adviceId: uuid4(), said });
  while (asked.length > 0) {
    // Several who asked are one person: it is told once.
    const [requestId = ''] = asked.splice(0);
    await tellAdvice({ ...input, advice, requestId });
  }
  return advice;
}

async function modelSays(input: AdviceInput): Promise<string | null> {
  try {
    return await askModel(input);
  } catch (err) {
    if (isCancellation(err)) throw err;
    return null;
  }
}
