#!/usr/bin/env python3
"""Turns what bench/scale measured into a table in Markdown, and into a picture.

    scale.py RESULTS [PICTURE]

A line of RESULTS is: round, people, what, and its numbers. Shown are medians over the rounds.
"""
import collections
import math
import statistics
import sys

LOADS = ("registration", "opening")
PAGES = ("history-api", "history-page")


def read(path):
    """{(what, people): [numbers of a round, ...]}"""
    found = collections.defaultdict(list)
    with open(path, encoding="ascii") as file:
        for line in file:
            _, people, what, *numbers = line.split()
            found[what, int(people)].append([float(number) for number in numbers])
    return found


def median(found, what, people, place=0):
    return statistics.median(numbers[place] for numbers in found[what, people])


def rates(found, what, people):
    return sorted(requests / seconds for requests, seconds, *_ in found[what, people])


def ratio(found, what, people, first):
    """Taken within a round, where the machine was in the same mood."""
    pairs = zip(found[what, people], found[what, first], strict=True)
    return statistics.median((a[0] / a[1]) / (b[0] / b[1]) for a, b in pairs)


def table(found, sizes):
    def row(title, cell):
        return f"| {title} | " + " | ".join(cell(people) for people in sizes) + " |"

    def rate(what):
        def cell(people):
            all_rates = rates(found, what, people)
            return f"{statistics.median(all_rates):.0f} ({all_rates[0]:.0f} to {all_rates[-1]:.0f})"

        return cell

    lines = [row("people", lambda people: f"{people:,}"), "|---|" + "---:|" * len(sizes)]
    lines.append(row("enrolment: elapsed, s", lambda n: f"{median(found, 'enrolment', n):.1f}"))
    lines.append(row("its processor time, s", lambda n: f"{median(found, 'enrolment', n, 1):.1f}"))
    lines.append(row("its largest memory, MiB", lambda n: f"{median(found, 'enrolment', n, 2):.0f}"))
    lines.append(row("start until `/readyz` answers, ms", lambda n: f"{median(found, 'start', n):.0f}"))
    lines.append(row("largest resident memory under load, MiB", lambda n: f"{median(found, 'memory', n):.0f}"))
    for what in LOADS:
        lines.append(row(f"{what}s/s: median (least to most)", rate(what)))
        lines.append(row(f"times those with {sizes[0]:,}", lambda n, w=what: f"{ratio(found, w, n, sizes[0]):.2f}"))
    for what, title in zip(PAGES, ("`/api/v1/history`", "`/history`"), strict=True):
        lines.append(row(f"{title} of 10,000 entries: p50 ms", lambda n, w=what: f"{median(found, w, n, 2):.1f}"))
        lines.append(row(f"{title} of 10,000 entries: p99 ms", lambda n, w=what: f"{median(found, w, n, 3):.1f}"))
    errors = sum(int(numbers[4]) for what in LOADS + PAGES for n in sizes for numbers in found[what, n])
    return "\n".join(lines) + f"\n\nRequests that failed: {errors}.\n"


# The picture: four charts. Colours follow the reader's light or dark scheme.

STYLE = """
  text { font: 13px system-ui, sans-serif; fill: #24292f }
  .title { font-weight: 600; font-size: 14px }
  .quiet { fill: #57606a; font-size: 12px }
  .grid { stroke: #d0d7de; stroke-width: 1 }
  .axis { stroke: #57606a; stroke-width: 1 }
  .line { fill: none; stroke-width: 2.5 }
  .a { stroke: #0550ae } .b { stroke: #bc4c00; stroke-dasharray: 7 4 }
  .dot-a { fill: #0550ae } .dot-b { fill: #bc4c00 }
  .aim { stroke: #57606a; stroke-dasharray: 2 4 }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3 } .quiet { fill: #9ea7b3 } .grid { stroke: #373e47 } .axis, .aim { stroke: #9ea7b3 }
    .a { stroke: #79c0ff } .b { stroke: #ffa657 } .dot-a { fill: #79c0ff } .dot-b { fill: #ffa657 }
  }
"""
WIDTH, HEIGHT = 380, 250
LEFT, RIGHT, TOP, BOTTOM = 62, 22, 46, 46


def nice_top(value):
    """The end of an axis from 0 that has room for `value`, and its step."""
    step = 10 ** math.floor(math.log10(value))
    for factor in (0.2, 0.25, 0.5, 1, 2, 2.5):
        if value <= 4 * factor * step:
            return 4 * factor * step, factor * step
    return 10 * step, 2.5 * step


def in_words(number):
    for size, letter in ((1_000_000, "M"), (1000, "k")):
        if number >= size and number % (size / 10) == 0:
            return f"{number / size:g}{letter}"
    return f"{number:g}"


class Chart:
    """`series`: [(name, [value for each size])]; `aim`: (value, in words) to draw a line at, if any."""

    def __init__(self, title, unit, sizes, series, aim=None):
        self.title, self.unit, self.sizes, self.series, self.aim = title, unit, sizes, series, aim
        most = max(max(values) for _, values in series)
        self.top, self.step = nice_top(max(most, aim[0] if aim else 0) * 1.02)

    def x(self, people):
        low, high = math.log10(self.sizes[0]), math.log10(self.sizes[-1])
        share = (math.log10(people) - low) / (high - low) if high > low else 0.5
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, value):
        return HEIGHT - BOTTOM - value / self.top * (HEIGHT - TOP - BOTTOM)

    def axes(self):
        right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
        yield f'<text class="title" x="8" y="18">{self.title}</text>'
        yield f'<text class="quiet" x="8" y="36">{self.unit}</text>'
        for i in range(round(self.top / self.step) + 1):
            y = self.y(i * self.step)
            yield f'<line class="grid" x1="{LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}"/>'
            yield f'<text class="quiet" x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{in_words(i * self.step)}</text>'
        yield f'<line class="axis" x1="{LEFT}" y1="{bottom}" x2="{right}" y2="{bottom}"/>'
        for people in self.sizes:
            x = self.x(people)
            yield f'<line class="axis" x1="{x:.1f}" y1="{bottom}" x2="{x:.1f}" y2="{bottom + 5}"/>'
            yield f'<text class="quiet" x="{x:.1f}" y="{bottom + 19}" text-anchor="middle">{in_words(people)}</text>'
        yield (f'<text class="quiet" x="{(LEFT + right) / 2:.0f}" y="{bottom + 37}" text-anchor="middle">'
               "people in the register (logarithmic)</text>")

    def lines(self):
        if self.aim:
            y = self.y(self.aim[0])
            yield f'<line class="aim" x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}"/>'
            yield f'<text class="quiet" x="{LEFT + 6}" y="{y - 5:.1f}">{self.aim[1]}</text>'
        for letter, (name, values) in zip("ab", self.series):
            points = [(self.x(people), self.y(value)) for people, value in zip(self.sizes, values, strict=True)]
            yield f'<polyline class="line {letter}" points="{" ".join(f"{x:.1f},{y:.1f}" for x, y in points)}"/>'
            for (x, y), value in zip(points, values, strict=True):
                yield f'<circle class="dot-{letter}" cx="{x:.1f}" cy="{y:.1f}" r="4"><title>{value:g}</title></circle>'
        if len(self.series) > 1:
            for place, (letter, (name, _)) in enumerate(zip("ab", self.series)):
                x = WIDTH - RIGHT - 240 + 120 * place
                yield f'<line class="line {letter}" x1="{x}" y1="32" x2="{x + 26}" y2="32"/>'
                yield f'<text class="quiet" x="{x + 32}" y="36">{name}</text>'

    def draw(self, column, line):
        inner = "\n    ".join([*self.axes(), *self.lines()])
        return f'  <g transform="translate({column * WIDTH} {line * HEIGHT})">\n    {inner}\n  </g>'


def picture(found, sizes):
    def medians(what, place=0):
        return [median(found, what, people, place) for people in sizes]

    def median_rates(what):
        return [statistics.median(rates(found, what, people)) for people in sizes]

    charts = [
        Chart("Requests", "per second", sizes, [(f"{what}s", median_rates(what)) for what in LOADS]),
        Chart("A page of 10,000 entries", "p99, ms", sizes,
              [("API, 50", medians(PAGES[0], 3)), ("page, 20", medians(PAGES[1], 3))], (10, "aim: below this")),
        Chart("Enrolment", "seconds for everybody", sizes, [("elapsed", medians("enrolment"))], (180, "aim for 1M")),
        Chart("Resident memory under load", "MiB at the most", sizes, [("memory", medians("memory"))],
              (200, "aim: below this")),
    ]
    drawn = "\n".join(chart.draw(i % 2, i // 2) for i, chart in enumerate(charts))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDTH} {2 * HEIGHT}" role="img" '
            f'aria-label="How Abode fares as a register grows; docs/performance.md has the numbers as a table">\n'
            f"<style>{STYLE}</style>\n{drawn}\n</svg>\n")


def main():
    found = read(sys.argv[1])
    sizes = sorted({people for _, people in found})
    print(table(found, sizes))
    if len(sys.argv) > 2:
        with open(sys.argv[2], "w", encoding="utf-8") as file:
            file.write(picture(found, sizes))


main()
