// Made from profiles/deadlines/netherlands.toml by scripts/rules_data.mjs.
import type { Table } from '../../answer';

export const content: Table = {
  "name": "netherlands",
  "title": "Netherlands",
  "event": "arrival",
  "notes": [
    "This is for stays of more than four months.",
    "Late is better than not at all: the register takes every filing as it comes."
  ],
  "rules": [
    {
      "id": "default",
      "count": 5,
      "unit": "calendar-days",
      "firstDayCounts": false,
      "onDayOff": "stays",
      "validFrom": "2014-01-06",
      "source": "Wet basisregistratie personen, article 2.38"
    }
  ]
};
