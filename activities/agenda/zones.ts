import type { SqlEntityManager } from '@mikro-orm/sql';
import type { MoveZoneInput } from '../../contracts/zones.ts';
import { writeZone, zoneFollowers } from '../../db/repositories/zone-followers.ts';
import { isZone } from '../../domain/agenda/zoned-time.ts';
import { DomainError } from '../../domain/shared/errors.ts';

export interface ZoneDeps {
  readonly em: () => SqlEntityManager;
  /** Has the workflows with these ids plan anew. */
  readonly planAgain: (workflowIds: readonly string[]) => Promise<void>;
}

/** Moves people from zone to zone. */
export function createZoneActivities({ em, planAgain }: ZoneDeps) {
  return {
    /** The user's clock shows the time of another zone, and everything that follows it is planned anew. Safe to repeat. @throws DomainError zone-unknown */
    async changeZone({ userId, zone }: MoveZoneInput): Promise<void> {
      if (!isZone(zone))
        throw new DomainError('zone-unknown', `«${zone}» is no time zone; it is written as Europe/Moscow`);
      await writeZone(em(), userId, zone);
      // Also when it was written before: that attempt may have died in between.
      await planAgain(await zoneFollowers(em(), userId));
    },
  };
}
export type ZoneActivities = ReturnType<typeof createZoneActivities>;
