-- Proofs of ten claims for ten keys a request, by one person after the other. TOKENS names the file of their bearer tokens, KEYS that of the
-- keys (a JSON Web Key a line), FIRST the number of the first request.
local requests = require("requests")

function init()
  tokens = requests.lines_of(os.getenv("TOKENS"))
  number = tonumber(os.getenv("FIRST"))
  body = '{"life":"fresh","fields":["family_name","given_names","birth_date","address"],"holder_keys":['
    .. table.concat(requests.lines_of(os.getenv("KEYS")), ",") .. "]}"
  write = requests.writer("/api/v1/proofs", #body)
end

function request()
  number = number + 1
  return write(tokens[number % #tokens + 1], "proofs-" .. number, body)
end

done = requests.tell
