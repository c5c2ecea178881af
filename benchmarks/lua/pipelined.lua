-- Sixteen requests in one write; wrk counts each response.
local batch

function init(arguments)
  local one = wrk.format()
  batch = string.rep(one, 16)
end

function request()
  return batch
end
