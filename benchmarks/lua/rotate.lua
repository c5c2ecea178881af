-- Each request takes the next line of a file: tab-separated "name: value" header fields. Requests are built once, so that
-- the load costs the same as a fixed one.
local requests = {}
local turn = 0

function init(arguments)
  for line in io.lines(arguments[1]) do
    local headers = {}
    for name, value in line:gmatch("([^:\t]+): ([^\t]*)") do
      headers[name] = value
    end
    requests[#requests + 1] = wrk.format(nil, nil, headers)
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end
