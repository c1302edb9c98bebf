import type { z } from 'zod';
import type { Contract } from './contract.ts';

/** One function per command of the contract. It throws ControlError when the caller is wrong. */
export type Commands = {
  readonly [Name in keyof Contract]: (input: z.output<Contract[Name]['input']>) => z.input<Contract[Name]['output']>;
};

export type AccountCommands = Pick<
  Commands,
  'addUser' | 'changeUser' | 'users' | 'codes' | 'revoke' | 'addAuthKey' | 'addChannel' | 'changeChannel' | 'channels'
>;

export type GiftCommands = Pick<Commands, 'releaseGifts' | 'changeGift' | 'gifts' | 'savedGifts'>;
