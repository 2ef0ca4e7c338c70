-- One registration a request, each by another person. TOKENS names the file of bearer tokens.
local threads = 0
function setup(thread) thread:set("thread_number", threads); threads = threads + 1 end
function init()
  tokens = {}
  for line in io.lines(os.getenv("TOKENS")) do tokens[#tokens + 1] = line end
  next_token = tonumber(os.getenv("FIRST") or "0")
  body = '{"kind":"main","address":{"country":"DE","lines":["Musterweg 5","12345 Musterstadt"],"postal_code":"12345","locality":"Musterstadt","street":"Musterweg","house_number":"5"},"since":"2026-11-01"}'
end
function request()
  next_token = next_token + 1
  local token = tokens[(next_token - 1) % #tokens + 1]
  return wrk.format("POST", "/api/v1/registrations", {
    ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json", ["Idempotency-Key"] = "k" .. next_token }, body)
end
function response(status) if status ~= 201 then failed = (failed or 0) + 1 end end
function done(summary, latency)
  io.write(string.format("RESULT requests=%d seconds=%.3f non2xx=%d errors=%d p50_ms=%.2f p99_ms=%.2f\n", summary.requests,
    summary.duration / 1e6, summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000))
end
