/** The caller's fault: an account, channel or gift that does not exist, or exists already. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
}
