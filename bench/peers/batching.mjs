// The peer that micro-batches: the requests that wait at the same moment share one commit, each in a savepoint of its
// own, and are answered after it.   node batching.mjs DIRECTORY
import { register } from "./registration.mjs";
import { sendCreated, sendError, serve } from "./server.mjs";
import { openStore } from "./store.mjs";

const maxBatch = 256;
const store = openStore(process.argv[2]);
const begin = store.data.prepare("BEGIN IMMEDIATE");
const commit = store.data.prepare("COMMIT");
const rollback = store.data.prepare("ROLLBACK");
const beginOne = store.data.prepare("SAVEPOINT one");
const undoOne = store.data.prepare("ROLLBACK TO one");
const endOne = store.data.prepare("RELEASE one");
let waiting = [];

function runOne(request) {
  beginOne.run();
  try {
    return { body: register(store, request.token, request.key, request.body, request.wanted) };
  } catch (error) {
    undoOne.run();
    return { error };
  } finally {
    endOne.run();
  }
}

function runBatch() {
  const batch = waiting.splice(0, maxBatch);
  if (waiting.length > 0) setImmediate(runBatch);
  let outcomes;
  try {
    begin.run();
    outcomes = batch.map(({ request }) => runOne(request));
    commit.run();
  } catch (error) {
    if (store.data.inTransaction) rollback.run();
    outcomes = batch.map(() => ({ error }));
  }
  batch.forEach(({ response }, place) => {
    const { error, body } = outcomes[place];
    if (error) sendError(response, error);
    else sendCreated(response, body);
  });
}

// setImmediate comes after all the connections that have something to read: those are "at the same moment".
serve((request, response) => {
  if (waiting.length === 0) setImmediate(runBatch);
  waiting.push({ request, response });
});
