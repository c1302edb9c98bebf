import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GROUP_ROLES, mayInGroup, mayRemove, requireInGroup } from './group-rights.ts';
import { checkGroupEvent, type GroupEventDefinition } from './group.ts';
import { inviteKey, inviteOf, startOfInvite } from './invite-key.ts';

describe('rights in a group', () => {
  it('grow from member to manager to owner', () => {
    expect(
      GROUP_ROLES.map((role) => [mayInGroup(role, 'take-part'), mayInGroup(role, 'manage'), mayInGroup(role, 'own')]),
    ).toEqual([
      [true, true, true],
      [true, true, false],
      [true, false, false],
    ]);
    expect(() => {
      requireInGroup('member', 'manage');
    }).toThrow('an owner or a manager');
  });

  it('nobody sends away somebody of his own role or above', () => {
    const pairs = GROUP_ROLES.flatMap((by) =>
      GROUP_ROLES.filter((whom) => mayRemove(by, whom)).map((whom) => `${by} ${whom}`),
    );
    expect(pairs).toEqual(['owner manager', 'owner member', 'manager member']);
  });
});

describe('keys of invites', () => {
  it('are 16 letters that cannot be mistaken, and go through a deep link', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 64, max: 223 }), (random) => {
        const key = inviteKey(random);
        expect(key).toMatch(/^[a-zA-Z2-9]{16}$/);
        expect(key).not.toMatch(/[lIO01]/);
        expect(inviteOf(startOfInvite(key))).toBe(key);
      }),
    );
    expect(inviteOf('invite_short')).toBeNull();
    expect(() => inviteKey(new Uint8Array(4))).toThrow(RangeError);
  });
});

describe('checkGroupEvent', () => {
  const event: GroupEventDefinition = {
    ...{ title: 'Chess', description: null, start: '2030-01-07T19:00:00', zone: 'Europe/Berlin', rule: null },
    ...{ exdates: [], durationMinutes: null, leadMinutes: [], tagIds: [] },
  };
  it.each([
    [{}, null],
    [{ title: '  ' }, 'event-invalid'],
    [{ description: 'x'.repeat(4_001) }, 'event-invalid'],
    [{ leadMinutes: [-1] }, 'event-invalid'],
    [{ leadMinutes: Array.from({ length: 11 }, (_, minute) => minute) }, 'event-invalid'],
    [{ durationMinutes: 0 }, 'event-invalid'],
    [{ rule: 'FREQ=MINUTELY' }, 'rule-too-frequent'],
    [{ start: '2030-02-30T19:00:00' }, 'time-invalid'],
  ])('%j: %s', (given, code) => {
    const check = (): void => {
      checkGroupEvent({ ...event, ...given });
    };
    if (code === null) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ code }));
  });
});
