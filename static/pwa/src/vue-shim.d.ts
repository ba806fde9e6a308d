// For tools that read TypeScript only: what a .vue file gives. vue-tsc reads the real ones.
declare module '*.vue' {
  import type { Component } from 'vue';

  const component: Component;
  export default component;
}
