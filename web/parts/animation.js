import { h, svg } from '../lib/dom.js';

const PLAYER = '/vendor/lottie.js';
const calm = matchMedia('(prefers-reduced-motion: reduce)');
let player = null;

/** Loaded when the first animation is wanted, not with the page. */
function loadPlayer() {
  player ??= new Promise((resolve, reject) => {
    const script = h('script', { src: PLAYER });
    script.addEventListener('load', () => resolve(globalThis.lottie));
    script.addEventListener('error', () => reject(new TypeError('the player was not loaded')));
    document.head.append(script);
  });
  return player;
}

const loaded = new Map();

/** Each file once, however often it is shown; null = there is none. */
function load(url) {
  if (!loaded.has(url)) {
    const got = fetch(url).then((response) => (response.ok ? response.json() : null));
    loaded.set(
      url,
      got.catch(() => {
        loaded.delete(url);
        return null;
      }),
    );
  }
  return loaded.get(url);
}

const observer = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      target.dispatchEvent(new Event('seen'));
    }
  },
  { rootMargin: '200px' },
);

/**
 * A picture whose first frame appears when it comes into view, and that moves while `owner` is pointed at or has the
 * focus; it stays still for who prefers reduced motion.
 * @param {string | null} url null = no animation is known
 */
export function animation(url, owner) {
  const picture = h('span', { class: 'motion', 'aria-hidden': 'true' }, gift());
  if (url === null) return picture;
  let item = null;
  picture.addEventListener('seen', async () => {
    const [lottie, data] = await Promise.all([loadPlayer(), load(url)]).catch(() => [null, null]);
    if (lottie === null || data === null || !picture.isConnected) return;
    const frame = h('span', {});
    picture.replaceChildren(frame);
    // The player writes into what it is given, and a gift may be shown twice.
    const animationData = structuredClone(data);
    item = lottie.loadAnimation({ container: frame, renderer: 'svg', loop: true, autoplay: false, animationData });
    item.goToAndStop(0, true);
    picture.dataset.frames = String(item.totalFrames);
  });
  const play = () => {
    if (calm.matches) return;
    item?.play();
    picture.dataset.moving = String(item !== null);
  };
  const rest = () => {
    item?.stop();
    delete picture.dataset.moving;
  };
  owner.addEventListener('pointerenter', play);
  owner.addEventListener('focusin', play);
  owner.addEventListener('pointerleave', rest);
  owner.addEventListener('focusout', rest);
  observer.observe(picture);
  return picture;
}

const gift = () =>
  svg(
    'svg',
    { viewBox: '0 0 48 48', class: 'still' },
    svg('path', {
      d: 'M8 20h32v6H8zM11 26h26v15H11zM24 20v21M24 20c-9 0-12-4-9-8 4-4 8 2 9 8zm0 0c9 0 12-4 9-8-4-4-8 2-9 8z',
    }),
  );
