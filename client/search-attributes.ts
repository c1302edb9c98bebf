import { isGrpcServiceError, type Connection } from '@temporalio/client';
import { encodeSearchAttributeIndexedValueType } from '@temporalio/common/lib/search-attributes.js';
import { SEARCH_ATTRIBUTES } from '../contracts/search-attributes.ts';

/** Registers our search attributes; run at start-up and by the tests. Safe to repeat. */
export async function registerSearchAttributes(
  { operatorService }: Pick<Connection, 'operatorService'>,
  namespace: string,
): Promise<void> {
  for (const { name, type } of SEARCH_ATTRIBUTES) {
    const searchAttributes = { [name]: encodeSearchAttributeIndexedValueType(type) ?? 0 };
    await operatorService.addSearchAttributes({ namespace, searchAttributes }).catch((err: unknown) => {
      if (!isGrpcServiceError(err) || !err.message.includes('ALREADY_EXISTS')) throw err;
    });
  }
}
