-- Pages of one long history, each somewhere else in it. HISTORY names the file with its owner's token, SURFACE is "api" or
-- "page", ENTRIES how long the history is at least.
local requests = require("requests")

local path = os.getenv("SURFACE") == "page" and "/history" or "/api/v1/history"
local step = 997  -- prime to any round number of entries: each request begins elsewhere

function init()
  token = requests.lines_of(os.getenv("HISTORY"))[1]
  entries = tonumber(os.getenv("ENTRIES"))
  number = 0
end

function request()
  number = number + 1
  local before = number * step % entries + 1
  return "GET " .. path .. "?before=" .. before .. " HTTP/1.1\r\nHost: " .. wrk.headers["Host"]
    .. "\r\nAuthorization: Bearer " .. token .. "\r\nCookie: abode_session=" .. token .. "\r\n\r\n"
end

done = requests.tell
