-- hourly
SELECT DATE_BIN(INTERVAL '1 hour', time) AS time,
       avg(temp) AS temp
FROM home
WHERE time >= '$start' AND time < $end
GROUP BY 1
