// Made from profiles/calendars/weekdays.toml by scripts/rules_data.mjs.
import type { Calendar } from '../../calendar';

export const content: Calendar = {
  "name": "weekdays",
  "title": "Monday to Friday, no holidays",
  "weekend": [
    "saturday",
    "sunday"
  ],
  "notes": [
    "No public holidays are counted as days off. A deadline by this calendar is never later than one that counts them."
  ],
  "years": [
    {
      "year": 2025,
      "provisional": false,
      "source": "Abode: no holidays",
      "off": [],
      "worked": []
    },
    {
      "year": 2026,
      "provisional": false,
      "source": "Abode: no holidays",
      "off": [],
      "worked": []
    },
    {
      "year": 2027,
      "provisional": false,
      "source": "Abode: no holidays",
      "off": [],
      "worked": []
    },
    {
      "year": 2028,
      "provisional": false,
      "source": "Abode: no holidays",
      "off": [],
      "worked": []
    },
    {
      "year": 2029,
      "provisional": false,
      "source": "Abode: no holidays",
      "off": [],
      "worked": []
    },
    {
      "year": 2030,
      "provisional": false,
      "source": "Abode: no holidays",
      "off": [],
      "worked": []
    },
    {
      "year": 2031,
      "provisional": false,
      "source": "Abode: no holidays",
      "off": [],
      "worked": []
    },
    {
      "year": 2032,
      "provisional": false,
      "source": "Abode: no holidays",
      "off": [],
      "worked": []
    },
    {
      "year": 2033,
      "provisional": false,
      "source": "Abode: no holidays",
      "off": [],
      "worked": []
    },
    {
      "year": 2034,
      "provisional": false,
      "source": "Abode: no holidays",
      "off": [],
      "worked": []
    },
    {
      "year": 2035,
      "provisional": false,
      "source": "Abode: no holidays",
      "off": [],
      "worked": []
    }
  ]
};
