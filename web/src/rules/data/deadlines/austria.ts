// Made from profiles/deadlines/austria.toml by scripts/rules_data.mjs.
import type { Table } from '../../answer';

export const content: Table = {
  "name": "austria",
  "title": "Austria",
  "event": "moving in",
  "notes": [
    "Late is better than not at all: the register takes every filing as it comes."
  ],
  "rules": [
    {
      "id": "default",
      "count": 3,
      "unit": "calendar-days",
      "firstDayCounts": false,
      "onDayOff": "stays",
      "validFrom": "1992-03-01",
      "source": "Meldegesetz 1991, section 3 (1)"
    }
  ]
};
