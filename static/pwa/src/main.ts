// Start: who is signed in, the router, the outbox, the service worker.
import { createApp } from 'vue';
import App from './App.vue';
import { restore, watchSession } from './core/session';
import { registerWorker } from './core/worker';
import { keepDraining } from './core/watch';
import { router, toSignIn } from './router';
import './ui/theme.css';

async function start(): Promise<void> {
  watchSession(() => void router.replace(toSignIn(router.currentRoute.value.fullPath)));
  await restore();
  createApp(App).use(router).mount('#app');
  keepDraining();
  registerWorker();
}

void start();
