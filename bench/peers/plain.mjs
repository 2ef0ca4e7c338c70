// The plain peer: a transaction and a commit for each request.   node plain.mjs DIRECTORY
import { register } from "./registration.mjs";
import { sendCreated, sendError, serve } from "./server.mjs";
import { openStore } from "./store.mjs";

const store = openStore(process.argv[2]);
const inTransaction = store.data.transaction((request) =>
  register(store, request.token, request.key, request.body, request.wanted));

serve((request, response) => {
  try {
    sendCreated(response, inTransaction.immediate(request));
  } catch (error) {
    sendError(response, error);
  }
});
