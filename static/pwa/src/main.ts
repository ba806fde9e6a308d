// Start: who is signed in, the router, what waits and what is new, the service worker.
import { createApp, watch } from 'vue';
import App from './App.vue';
import { drain } from './core/drain';
import { askAhead, firstReading, forgetAhead, keepUpToDate } from './core/feed';
import { reseal } from './core/reseal';
import { askToPersist } from './core/room';
import { restore, signedIn, watchSession } from './core/session';
import { keepTelling } from './core/telling';
import { keepDraining } from './core/watch';
import { registerWorker } from './core/worker';
import { router, toSignIn } from './router';
import './ui/theme.css';

const HIDDEN_MS = 300;

/** After the first frame, which goes before everything else; a hidden page draws none. */
function painted(): Promise<void> {
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, HIDDEN_MS);
  });
}

async function start(): Promise<void> {
  watchSession(() => void router.replace(toSignIn(router.currentRoute.value.fullPath)));
  await restore(askAhead);
  if (!signedIn.value) forgetAhead();
  createApp(App).use(router).mount('#app');
  await painted();
  keepUpToDate();
  keepDraining();
  // What waited for its owner goes as soon as they are back.
  watch(signedIn, (known) => void (known && drain({ networkIsBack: true })));
  keepTelling();
  await firstReading();
  registerWorker();
  if (signedIn.value) await askToPersist();
  await reseal();
}

void start();
