-- Reserves tokens of one key by the generic cell rate algorithm, by this server's clock.
-- KEYS: the time at which the bucket is full again, in microseconds.
-- ARGV: interval and depth in nanoseconds, tokens wanted. Returns tokens, nanoseconds until the next one (0 if all).
local interval = tonumber(ARGV[1]) / 1000
local depth = tonumber(ARGV[2]) / 1000
local wanted = tonumber(ARGV[3])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
-- A clock that was set back, or a rate that was another one, is no reason to wait longer than for a whole bucket.
local full = math.min(math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now), now + depth)
local tokens = math.min(wanted, math.floor((now + depth - full) / interval + 0.000001))
if tokens > 0 then
  full = full + tokens * interval
  redis.call('SET', KEYS[1], string.format('%.3f', full), 'PX', math.ceil((full - now) / 1000) + 1000)
end
local left = 0
if tokens < wanted then
  left = math.max(1, math.ceil((full + interval - depth - now) * 1000))
end
return {tokens, left}
