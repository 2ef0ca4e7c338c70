-- A registration a request, by one person after the other. TOKENS names the file of their bearer tokens, of which the
-- first FIRST are left out. When everybody has registered a main residence, each registers a second one, and so on.
local requests = require("requests")

local function body_of(kind, house_number)
  return '{"kind":"' .. kind .. '","address":{"country":"DE","lines":["Musterweg ' .. house_number
    .. '","12345 Musterstadt"],"postal_code":"12345","locality":"Musterstadt","street":"Musterweg","house_number":"'
    .. house_number .. '"},"since":"2026-11-01"}'
end

local most_rounds = 20

function init()
  tokens = requests.lines_of(os.getenv("TOKENS"))
  number = tonumber(os.getenv("FIRST"))
  bodies = {}
  writers = {}
  for round = 1, most_rounds do
    bodies[round] = body_of(round == 1 and "main" or "secondary", round)
    writers[round] = requests.writer("/api/v1/registrations", #bodies[round])
  end
end

function request()
  local round = math.floor(number / #tokens) % most_rounds + 1
  local token = tokens[number % #tokens + 1]
  number = number + 1
  return writers[round](token, "registration-" .. number, bodies[round])
end

done = requests.tell
