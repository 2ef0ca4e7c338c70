# Turns the lines "round name requests seconds p50_ms p99_ms errors sync_us" of bench/run into a table in Markdown.
# Ratios are taken within a round, where the machine was in the same mood; shown is their median.

function sort(values, count,    i, j, value) {
  for (i = 2; i <= count; ++i) {
    value = values[i]
    for (j = i - 1; j >= 1 && values[j] > value; --j) values[j + 1] = values[j]
    values[j + 1] = value
  }
}

function median(values, count) {
  sort(values, count)
  return count % 2 ? values[(count + 1) / 2] : (values[count / 2] + values[count / 2 + 1]) / 2
}

function median_of(what, name,    i, values) {
  for (i = 1; i <= rounds; ++i) values[i] = what[i, name]
  return median(values, rounds)
}

function rates(name,    i, values) {
  for (i = 1; i <= rounds; ++i) values[i] = rate[i, name]
  return sprintf("%.0f (%.0f to %.0f)", median(values, rounds), values[1], values[rounds])
}

function ratio(name, peer,    i, values) {
  if (name != "registration" || !(peer in seen)) return ""  # the peers do nothing else
  for (i = 1; i <= rounds; ++i) values[i] = rate[i, name] / rate[i, peer]
  return sprintf("%.1f", median(values, rounds))
}

BEGIN {
  title["registration"] = "Abode: registration"
  title["opening"] = "Abode: opening"
  title["plain"] = "Node, a commit each: registration"
  title["batching"] = "Node, micro-batches: registration"
  count = split("registration plain batching opening", order)
}

{
  rounds = $1
  seen[$2] = 1
  rate[$1, $2] = $3 / $4
  p50[$1, $2] = $5
  p99[$1, $2] = $6
  errors[$2] += $7
  sync[$1, $2] = $8 / 1000
}

END {
  printf "| what | requests/s: median (least to most) | p50 ms | p99 ms "
  print "| times plain Node | times batching Node | one sync, ms | errors |"
  print "|---|---|---|---|---|---|---|---|"
  for (place = 1; place <= count; ++place) {
    name = order[place]
    if (!(name in seen)) continue
    printf "| %s | %s | %.1f | %.1f | %s | %s | %.2f | %d |\n", title[name], rates(name), median_of(p50, name),
      median_of(p99, name), ratio(name, "plain"), ratio(name, "batching"),
      median_of(sync, name), errors[name]
  }
}
