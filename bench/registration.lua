-- A registration a request, each by another person. TOKENS names the file of their bearer tokens, of which the first
-- FIRST are left out.
local requests = require("requests")

local body = '{"kind":"main","address":{"country":"DE","lines":["Musterweg 5","12345 Musterstadt"],"postal_code":"12345",'
  .. '"locality":"Musterstadt","street":"Musterweg","house_number":"5"},"since":"2026-11-01"}'

function init()
  tokens = requests.lines_of(os.getenv("TOKENS"))
  number = tonumber(os.getenv("FIRST"))
  write = requests.writer("/api/v1/registrations", #body)
end

function request()
  number = number + 1
  return write(tokens[(number - 1) % #tokens + 1], "registration-" .. number, body)
end

done = requests.tell
