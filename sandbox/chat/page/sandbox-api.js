/** One messenger's sandbox, through this page's own server. */
export function createApi(messenger) {
  const ask = async (path, init) => {
    const response = await fetch(`/${messenger}${path}`, init);
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error ?? `status ${response.status}`);
    return answer;
  };
  return {
    fileUrl: (path) => `/${messenger}${path}`,
    /** The bot that listens; null = none does yet. */
    async bot(signal) {
      const { bots } = await ask('/control/bots', { signal });
      return bots.find(({ listens }) => listens) ?? null;
    },
    /** The chat, as soon as it is newer than `after`. */
    async chat({ bot, person, after, signal }) {
      const query = new URLSearchParams({ bot, person: person.id, language: person.language });
      if (after !== null) query.set('after', after);
      query.set('wait', '10000');
      return await ask(`/control/chat?${query}`, { signal });
    },
    async act(bot, person, act) {
      await ask('/control/acts', { method: 'POST', body: JSON.stringify({ bot, person, act }) });
    },
  };
}
