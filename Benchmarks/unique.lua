-- Gives each request a target of its own, so that no cached answer serves it.
local thread_count = 0
function setup(thread)
  thread:set("id", thread_count)
  thread_count = thread_count + 1
end
function init()
  count = 0
end
function request()
  count = count + 1
  return wrk.format(nil, wrk.path .. "&nonce=" .. id .. "-" .. count)
end
