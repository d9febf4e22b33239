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

A config file is JSON: the options of createEmulator, with paths relative to the file, and tasks as paths of task
files. "$schema": "./node_modules/mechanic-storefront/dist/emulate.schema.json" lets an editor check it.
`;
