// Start of the residents' page: no router, no store, no worker.
import { createApp } from 'vue';
import '@/ui/theme.css';
import DoorApp from './DoorApp.vue';

createApp(DoorApp).mount('#door');
