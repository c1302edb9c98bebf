/** What was filled in; null = cancelled. */
export async function askFor(selector) {
  const dialog = document.querySelector(selector);
  const form = dialog.querySelector('form');
  form.reset();
  dialog.returnValue = 'cancel';
  dialog.showModal();
  await new Promise((resolve) => dialog.addEventListener('close', resolve, { once: true }));
  return dialog.returnValue === 'ok' ? Object.fromEntries(new FormData(form)) : null;
}

/** Says something that must be seen. */
export async function tell(text) {
  document.querySelector('#alert-text').textContent = text;
  await askFor('#alert-dialog');
}
