/** What `--help` shows. */
export const usage = `mechanic-storefront emulate [config.json] [options]

Starts a local Mechanic, and a storefront on another origin. Open Mechanic's address for its dashboard.
Without a config file it starts an example.

  --port <number>             Mechanic's port; 0 for any free one (4100)
  --storefront-port <number>  the storefront's port (the one after Mechanic's)
  --host 0.0.0.0              lets other devices of the network in, a phone for example (127.0.0.1)
  --latency fast|real|<ms>    how long Mechanic takes (fast)

Faults of requests to webhooks; the dashboard, and "faults" in a config, have those of other places, too:

  --drop <0..1>               share whose connection is cut before they are read
  --lose-responses <0..1>     share that is taken, and the connection cut without an answer
  --status <400..599>         answer with this status, and take nothing
  --delay <ms>                how long each request waits
  --hide-cors                 answers without CORS headers

A config file is JSON: the options of createEmulator, with paths relative to the file, and tasks as paths of task
files. "$schema": "./node_modules/mechanic-storefront/dist/emulate.schema.json" lets an editor check it.

mechanic-storefront check --webhook <url> [options]

Tells what is wrong with a set-up: posts one marked submission to the webhook, and waits for its result. It is a real
event: tasks run on it, and can tell it by "mechanic_storefront_check": true in event.data.

  --webhook <url>             the webhook
  --cache-endpoint <url>      where results come back: a cache endpoint,
  --stored-file <template>    … a stored file, as in storedFile: https://cdn.example/results/{id}.json
  --section <url>             … or a section that renders a metafield: https://shop.example/?section_id=mechanic-result
  --cookie <cookies>          of a signed-in customer, for --section: the browser's Cookie header
  --origin <origin>           the page's, for CORS (that of --section, else https://shop.example)
  --timeout <seconds>         how long to wait for the result (120)
  --data <json>               an object that goes along, for tasks that need real data
  --json                      prints one JSON object

It ends with 0 when the result came back (or, without a place for results, when all else is well), 1 when something
is wrong, 2 for a mistake in the command, 3 when nothing wrong was found and no result came in time.
`;
