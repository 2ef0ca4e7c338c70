-- What the loads have in common: reading a file of tokens or codes, writing a request, and telling the result.
-- wrk runs these scripts with this folder as the working directory; bench/run sets the environment variables.
local requests = {}

function requests.lines_of(file)
  local lines = {}
  for line in io.lines(file) do lines[#lines + 1] = line end
  return lines
end

-- Text, because wrk shares the processors with the server: wrk.format() builds tables for each request.
function requests.writer(path, body_size)
  local head = "POST " .. path .. " HTTP/1.1\r\nHost: " .. wrk.headers["Host"]
    .. "\r\nContent-Type: application/json\r\nContent-Length: " .. body_size .. "\r\nAuthorization: Bearer "
  return function(token, key, body)
    return head .. token .. "\r\nIdempotency-Key: " .. key .. "\r\n\r\n" .. body
  end
end

-- wrk counts each answer with a status over 399 in errors.status. There is no response() on purpose: it is slow.
function requests.tell(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %d %.6f %.3f %.3f %d\n", summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end

return requests
