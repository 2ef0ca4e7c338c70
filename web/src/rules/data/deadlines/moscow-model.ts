// Made from profiles/deadlines/moscow-model.toml by scripts/rules_data.mjs.
import type { Table } from '../../answer';

export const content: Table = {
  "name": "moscow-model",
  "title": "Moscow, a model without legal effect",
  "event": "arrival",
  "calendar": "russia",
  "notes": [
    "The profile is a model without legal effect. In ordinary Russian law it is the host who files.",
    "Sources differ on whether the day of arrival itself counts. It is counted here, which gives the earlier day.",
    "Late is better than not at all: the register takes every filing as it comes."
  ],
  "rules": [
    {
      "id": "default",
      "count": 7,
      "unit": "working-days",
      "firstDayCounts": true,
      "validFrom": "2007-01-15",
      "source": "Federal law 109-FZ of 18 July 2006, article 20 (3)"
    },
    {
      "id": "uzbekistan",
      "citizenships": [
        "UZ"
      ],
      "count": 15,
      "unit": "calendar-days",
      "firstDayCounts": true,
      "onDayOff": "stays",
      "validFrom": "2018-01-01",
      "source": "Agreement between Russia and Uzbekistan on the stay of citizens; in force by this day"
    },
    {
      "id": "tajikistan",
      "citizenships": [
        "TJ"
      ],
      "count": 15,
      "unit": "calendar-days",
      "firstDayCounts": true,
      "onDayOff": "stays",
      "validFrom": "2014-01-01",
      "source": "Agreement between Russia and Tajikistan on the stay of citizens; in force by this day"
    },
    {
      "id": "economic-union",
      "citizenships": [
        "KG",
        "KZ",
        "AM"
      ],
      "count": 30,
      "unit": "calendar-days",
      "firstDayCounts": true,
      "onDayOff": "stays",
      "validFrom": "2016-01-01",
      "source": "Treaty on the Eurasian Economic Union of 29 May 2014, article 97 (6); in force by this day"
    },
    {
      "id": "belarus-30",
      "citizenships": [
        "BY"
      ],
      "count": 30,
      "unit": "calendar-days",
      "firstDayCounts": true,
      "onDayOff": "stays",
      "validFrom": "2015-01-01",
      "source": "Treaty on the Eurasian Economic Union of 29 May 2014, article 97 (6); in force by this day",
      "conflicting": "For citizens of Belarus sources differ: some name the 30 days of the Economic Union, some the 90 days of the agreement of 2006."
    },
    {
      "id": "belarus-90",
      "citizenships": [
        "BY"
      ],
      "count": 90,
      "unit": "calendar-days",
      "firstDayCounts": true,
      "onDayOff": "stays",
      "validFrom": "2006-01-24",
      "source": "Agreement between Russia and Belarus of 24 January 2006 on equal rights of citizens, article 3",
      "conflicting": "For citizens of Belarus sources differ: some name the 30 days of the Economic Union, some the 90 days of the agreement of 2006."
    }
  ]
};
