/** What .env says. */
interface ImportMetaEnv {
  readonly VITE_WEBHOOK_URL: string;
  readonly VITE_CACHE_ENDPOINT_URL: string;
}
