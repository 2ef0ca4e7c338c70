// Made from profiles/deadlines/estonia.toml by scripts/rules_data.mjs.
import type { Table } from '../../answer';

export const content: Table = {
  "name": "estonia",
  "title": "Estonia",
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
      "validFrom": "2019-01-01",
      "source": "Rahvastikuregistri seadus (Population Register Act)"
    }
  ]
};
