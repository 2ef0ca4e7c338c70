// Made from profiles/deadlines/germany.toml by scripts/rules_data.mjs.
import type { Table } from '../../answer';

export const content: Table = {
  "name": "germany",
  "title": "Germany",
  "event": "moving in",
  "calendar": "germany",
  "notes": [
    "Late is better than not at all: the register takes every filing as it comes."
  ],
  "rules": [
    {
      "id": "default",
      "count": 2,
      "unit": "weeks",
      "firstDayCounts": false,
      "onDayOff": "next-working-day",
      "validFrom": "2015-11-01",
      "source": "Bundesmeldegesetz, section 17 (1); counted by section 31 VwVfG with sections 187 and 188 BGB"
    }
  ]
};
