-- An opening a request, each with another person's code, by one official. CODES names the file of the codes, of which
-- the first FIRST are left out; OFFICIAL names the file with the official's token.
local requests = require("requests")

local before_code = '{"purpose":"school-enrolment","reference":"S-2026-117","fields":["family_name","given_names"],"code":"'
local after_code = '"}'

function init()
  codes = requests.lines_of(os.getenv("CODES"))
  official = requests.lines_of(os.getenv("OFFICIAL"))[1]
  number = tonumber(os.getenv("FIRST"))
  write = requests.writer("/api/v1/staff/openings", #before_code + #codes[1] + #after_code)
end

function request()
  number = number + 1
  local code = codes[(number - 1) % #codes + 1]
  return write(official, "opening-" .. number, before_code .. code .. after_code)
end

done = requests.tell
