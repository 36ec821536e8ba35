-- For wrk: asks for the paths of a file, one a line, in order and then from the first again, for some seconds. Then it asks no
-- more, so that what is on its way comes home before wrk ends, and every request that cost the server is counted. The last
-- line that it prints is what came of it, as JSON.

local ffi = require("ffi")
ffi.cdef("typedef struct { long seconds, nanoseconds; } moment; int clock_gettime(int clock, moment *now);")

local MONOTONIC, NEVER = 1, 3600000
local paths, last, seconds, begun = {}, 0, 0, nil
local moment = ffi.new("moment")

local function now()
  ffi.C.clock_gettime(MONOTONIC, moment)
  return tonumber(moment.seconds) + tonumber(moment.nanoseconds) / 1e9
end

function init(args)
  for path in io.lines(args[1]) do
    paths[#paths + 1] = path
  end
  seconds = tonumber(args[2])
end

-- How many milliseconds to wait before the next request.
function delay()
  begun = begun or now()
  return now() - begun < seconds and 0 or NEVER
end

function request()
  last = last % #paths + 1
  return wrk.format("GET", paths[last])
end

function done(summary)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.timeout + errors.status
  io.write(string.format('{"requests": %d, "failed": %d}\n', summary.requests, failed))
end
