// Made from profiles/deadlines/generic.toml by scripts/rules_data.mjs.
import type { Table } from '../../answer';

export const content: Table = {
  "name": "generic",
  "title": "Generic profile",
  "event": "moving in",
  "notes": [
    "Late is better than not at all: the register takes every filing as it comes."
  ],
  "rules": [
    {
      "id": "default",
      "count": 14,
      "unit": "calendar-days",
      "firstDayCounts": false,
      "onDayOff": "stays",
      "validFrom": "2026-01-01",
      "source": "Abode: a default of the project, to be replaced by the law of the place"
    }
  ]
};
